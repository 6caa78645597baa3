package org.usagestats.core;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.usagestats.api.Backlog;
import org.usagestats.api.Consent.State;
import org.usagestats.spi.Delivery;
import org.usagestats.spi.Delivery.Answer;

/** Two hundred things that a program does with its spool, drawn at random, on a disk that remembers its changes. */
final class CrashScript {

    private static final int OPERATIONS = 200;
    private static final int LIMIT = 12;
    private static final Answer[] ANSWERS = {
        Answer.DELIVERED,
        Answer.DELIVERED,
        Answer.DELIVERED,
        Answer.DELIVERED,
        Answer.REJECTED,
        Answer.REFUSED,
        Answer.UNANSWERED,
        Answer.RETRY_LATER
    };

    /** What a program and its user do. */
    private enum Operation {
        SUBMIT,
        DRAIN,
        ENABLE,
        ENABLE_ANEW,
        DISABLE,
        FORGET
    }

    /** What comes to pass too seldom by itself: a wish to be forgotten after a no. */
    private static final Operation[] FIRST = {
        Operation.SUBMIT,
        Operation.ENABLE,
        Operation.SUBMIT,
        Operation.SUBMIT,
        Operation.DRAIN,
        Operation.DISABLE,
        Operation.FORGET,
        Operation.ENABLE
    };

    /** What was submitted, by id. */
    final Map<UUID, String> submitted = new HashMap<>();

    /** After so many changes, which states of consent a user may expect. */
    final List<Set<State>> expected = new ArrayList<>();

    /** After so many changes, which reports the user may rely on to be erased. */
    final List<Set<UUID>> owed = new ArrayList<>();

    private final CrashDisk disk;
    private final SpoolUser user;
    private final Random random;
    private int wished;
    private final long begun = System.currentTimeMillis();

    CrashScript(CrashDisk disk, long seed) {
        this.disk = disk;
        this.user = new SpoolUser(disk);
        this.random = new Random(seed);
    }

    CrashScript run() throws IOException {
        user.transport.answers = text -> Delivery.of(ANSWERS[random.nextInt(ANSWERS.length)], "drawn");
        user.transport.erasureAnswer =
                () -> Delivery.of(random.nextBoolean() ? Answer.DELIVERED : Answer.UNANSWERED, "drawn");
        expected.add(Set.of(user.state()));
        owed.add(Set.of());
        State before = user.state();
        for (int i = 0; i < OPERATIONS; i++) {
            operate(i, i < FIRST.length ? FIRST[i] : drawn());
            before = expect(before);
            noteOwed();
        }
        return this;
    }

    private Operation drawn() {
        int drawn = random.nextInt(100);
        if (drawn < 80) {
            return drawn < 55 ? Operation.SUBMIT : Operation.DRAIN;
        }
        if (drawn < 95) {
            return drawn < 86 ? Operation.DISABLE : random.nextBoolean() ? Operation.ENABLE : Operation.ENABLE_ANEW;
        }
        return Operation.FORGET;
    }

    private void operate(int i, Operation operation) throws IOException {
        switch (operation) {
            case SUBMIT -> submit(i);
            case DRAIN -> user.drain();
            case ENABLE -> user.consents.enable(Backlog.SEND);
            case ENABLE_ANEW -> user.consents.enable(Backlog.DISCARD);
            case DISABLE -> user.consents.disable();
            case FORGET -> {
                user.forget();
                wished = user.transport.reports.size();
            }
        }
    }

    /** Which states may be read if these changes reached the disk and the later ones, until the next sync, did not. */
    Set<State> expectedUntilSync(int count) {
        Set<State> common = EnumSet.allOf(State.class);
        expected.subList(count, nextSync(count) + 1).forEach(common::retainAll);
        return common;
    }

    /** Which reports are owed to be erased by a promise to the user before the next sync. */
    Set<UUID> owedUntilSync(int count) {
        Set<UUID> any = new HashSet<>();
        owed.subList(count, nextSync(count) + 1).forEach(any::addAll);
        return any;
    }

    /** How many changes there are at most before the next sync is done. */
    private int nextSync(int count) {
        int next = count;
        while (next < disk.changes().size() && disk.changes().get(next).kind() != CrashDisk.Kind.SYNCED) {
            next++;
        }
        return next;
    }

    private void submit(int i) throws IOException {
        String text = "date:" + i + "\nfiller:" + "x".repeat(random.nextInt(80)) + "\n";
        if (user.submit(text, begun + i, LIMIT)) {
            for (SpoolName name : user.spool.names()) {
                if (name.millis() == begun + i) {
                    submitted.put(name.id(), text);
                }
            }
        }
    }

    /** Notes what was to be expected during an operation, and is after it. */
    private State expect(State before) {
        State after = user.state();
        while (expected.size() < disk.changes().size()) {
            expected.add(before == after ? Set.of(after) : Set.of(before, after));
        }
        if (expected.size() == disk.changes().size()) {
            expected.add(Set.of(after));
        }
        return after;
    }

    private void noteOwed() {
        Set<UUID> after = new HashSet<>();
        user.transport.reports.subList(0, wished).forEach(report -> after.add(report.id()));
        user.transport.erased.forEach(erasure -> after.remove(erasure.id()));
        Set<UUID> during = new HashSet<>(owed.get(owed.size() - 1));
        during.retainAll(after);
        while (owed.size() < disk.changes().size()) {
            owed.add(during);
        }
        if (owed.size() == disk.changes().size()) {
            owed.add(after);
        }
    }
}
