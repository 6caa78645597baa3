package org.usagestats.core;

import java.io.IOException;
import java.util.ArrayList;
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

    /** What was submitted, by id. */
    final Map<UUID, String> submitted = new HashMap<>();

    /** After so many changes, which states of consent a user may expect. */
    final List<Set<State>> expected = new ArrayList<>();

    private final CrashDisk disk;
    private final SpoolUser user;
    private final Random random;
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
        State before = user.state();
        expected.add(Set.of(before));
        user.consents.enable(Backlog.SEND);
        before = expect(before);
        for (int i = 0; i < OPERATIONS; i++) {
            operate(i);
            before = expect(before);
        }
        return this;
    }

    /** Which states may be read after these changes reached the disk, and the later ones may not until the next sync. */
    Set<State> expectedUntilSync(int count) {
        Set<State> common = new HashSet<>(expected.get(count));
        for (int i = count; i < disk.changes().size() && disk.changes().get(i).kind() != CrashDisk.Kind.SYNCED; i++) {
            common.retainAll(expected.get(i + 1));
        }
        return common;
    }

    private void operate(int i) throws IOException {
        int drawn = random.nextInt(100);
        if (drawn < 55) {
            submit(i);
        } else if (drawn < 80) {
            user.drain();
        } else if (drawn < 86) {
            user.consents.disable();
        } else if (drawn < 96) {
            user.consents.enable(random.nextBoolean() ? Backlog.SEND : Backlog.DISCARD);
        } else {
            user.forget();
        }
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
}
