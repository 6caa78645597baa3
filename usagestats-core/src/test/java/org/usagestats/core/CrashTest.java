package org.usagestats.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.usagestats.api.Backlog;
import org.usagestats.api.Consent.State;
import org.usagestats.api.Report;
import org.usagestats.core.CrashDisk.Change;
import org.usagestats.core.CrashDisk.Loss;

/**
 * Every state that a power cut can leave of a spool is opened, submitted to and drained.
 *
 * <p>Three models of a disk, each after the last sync before the cut. Journal: changes of names reach the disk in order, as
 * with ext4 and XFS; of each file's content any part may be missing, or be zeros. Folders: the same, but each folder has an
 * order of its own, so that a rename from one into another may be half done. Any: of the last changes of names any are
 * missing.
 */
class CrashTest {

    private static final boolean THOROUGH = Boolean.getBoolean("usagestats.thorough");
    private static final int SCRIPTS = THOROUGH ? 20 : 1;
    private static final int SAMPLES = THOROUGH ? 40_000 : 1_500;
    private static final int LAST = 12;

    private static final long SEED = THOROUGH ? System.nanoTime() : 1;

    private final Random random = new Random(SEED);
    private int states;
    private int damaged;
    private int decisionsInFlight;
    private int erasuresOwed;

    @Test
    void whatAJournallingDiskLeavesIsSound() throws Exception {
        for (int i = 0; i < SCRIPTS; i++) {
            CrashDisk disk = new CrashDisk();
            checkJournal(disk, new CrashScript(disk, i).run());
        }

        tell("journal");
        assertThat(states).isGreaterThan(8_000);
        assertThat(damaged).as("states with a damaged report").isGreaterThan(states / 10);
        assertThat(decisionsInFlight).as("states within a decision").isGreaterThan(50);
        assertThat(erasuresOwed).as("states with something to erase").isGreaterThan(50);
    }

    @Test
    void whatADiskLeavesThatOrdersEachFolderByItselfIsSound() throws Exception {
        CrashDisk disk = new CrashDisk();
        CrashScript script = new CrashScript(disk, random.nextLong()).run();
        for (int i = 0; i < SAMPLES; i++) {
            int count = random.nextInt(disk.changes().size() + 1);
            BitSet survivors = inOrderOfFolders(disk, count);
            check(script, disk.left(survivors, count, randomLosses(disk)), script.expected.get(count));
        }

        tell("folders");
        assertThat(states).isEqualTo(SAMPLES);
    }

    @Test
    void whatADiskLeavesThatKeepsNoOrderIsSound() throws Exception {
        CrashDisk disk = new CrashDisk();
        CrashScript script = new CrashScript(disk, random.nextLong()).run();
        for (int i = 0; i < SAMPLES; i++) {
            int count = random.nextInt(disk.changes().size() + 1);
            BitSet survivors = inNoOrder(disk, count);
            check(script, disk.left(survivors, count, randomLosses(disk)), script.expected.get(count));
        }

        tell("any");
        assertThat(states).isEqualTo(SAMPLES);
    }

    @Test
    void aDamagedReportThatIsTakenForAWholeOneIsFound() throws Exception {
        CrashDisk unchecked = new CrashDisk() {
            @Override
            String surviving(String name, byte[] content) {
                SpoolName whole = SpoolName.parse(name);
                return whole == null
                        ? name
                        : SpoolName.of(whole.millis(), whole.id().toString(), content)
                                .toString();
            }
        };
        CrashScript script = new CrashScript(unchecked, 0).run();

        assertThatThrownBy(() -> checkJournal(unchecked, script)).hasMessageContaining("whole");
    }

    @Test
    void aDiskThatOnlySaysThatItSyncedIsFound() throws Exception {
        CrashDisk lying = new CrashDisk() {
            @Override
            public void sync(String name) {
                // As some do.
            }
        };
        CrashScript script = new CrashScript(lying, 0).run();

        assertThatThrownBy(() -> checkJournal(lying, script)).hasMessageContaining("decision");
    }

    /** Opens what is left of each number of changes: with nothing lost, with the same lost of all files, and of each. */
    private void checkJournal(CrashDisk disk, CrashScript script) throws IOException {
        for (int count = 0; count <= disk.changes().size(); count++) {
            BitSet all = new BitSet();
            all.set(0, 2 * count);
            Set<State> expected = script.expectedUntilSync(count);
            for (Loss loss : Loss.values()) {
                Loss[] losses = disk.nothingLost();
                Arrays.fill(losses, loss);
                check(script, disk.left(all, count, losses), expected);
            }
            checkErasures(disk.left(all, count, disk.nothingLost()), script.owedUntilSync(count));
            for (int file : disk.endangered(count)) {
                Loss[] losses = disk.nothingLost();
                for (Loss loss : THOROUGH ? Loss.values() : new Loss[] {Loss.values()[1 + random.nextInt(5)]}) {
                    losses[file] = loss;
                    check(script, disk.left(all, count, losses), expected);
                }
            }
        }
    }

    private void check(CrashScript script, Directory left, Set<State> expected) throws IOException {
        states++;
        decisionsInFlight += expected.size() > 1 ? 1 : 0;
        SpoolUser user = new SpoolUser(left);
        State decision = user.state();
        require(expected.contains(decision), "the decision " + decision + " is none of " + expected);
        require(decision != State.DISABLED || user.spool.isClear(), "what a no deletes is not deleted");
        Map<UUID, String> known = new HashMap<>(script.submitted);
        List<Report> pending = user.spool.reports();
        requireWhole(pending, known);
        damaged += pending.size() < user.spool.names().size() ? 1 : 0;

        String text = "date:after\n";
        boolean forgets = left.exists(Erasures.WISH);
        boolean recorded = user.submit(text, System.currentTimeMillis() + 1000, Spool.LIMIT);
        require(recorded == (decision != State.DISABLED), "a submit answered " + recorded + " for " + decision);
        user.drain();
        require(decision == State.ENABLED || user.transport.reports.isEmpty(), "sent without consent");
        user.consents.enable(Backlog.SEND);
        String detail = user.drain().detail();
        require(detail.equals("All that waited was delivered.") || detail.equals("Nothing waits."), detail);
        require(user.spool.names().isEmpty(), "something stays for ever");
        for (SpoolName name : new Spool(left.folder("sent")).names()) {
            known.putIfAbsent(name.id(), text);
        }
        requireWhole(user.transport.reports, known);
        require(
                forgets || sent(text, user.transport.reports) == (recorded ? 1 : 0),
                "the report after the cut was lost");
    }

    /** Requires that the collector is asked for what the user was told it would be. */
    private void checkErasures(Directory left, Set<UUID> owed) {
        SpoolUser user = new SpoolUser(left);
        user.drain();
        Set<UUID> missing = new HashSet<>(owed);
        user.transport.erased.forEach(erasure -> missing.remove(erasure.id()));
        require(missing.isEmpty(), "the user's wish to be forgotten is lost for " + missing);
        erasuresOwed += owed.isEmpty() ? 0 : 1;
    }

    /** Requires that each report is one that was submitted, under the id that it then got. */
    private static void requireWhole(List<Report> reports, Map<UUID, String> known) {
        Set<UUID> seen = new HashSet<>();
        for (Report report : reports) {
            require(report.text().equals(known.get(report.id())), "a report is not whole: " + report.text());
            require(seen.add(report.id()), "a report is there twice: " + report.text());
        }
    }

    private static long sent(String text, List<Report> reports) {
        return reports.stream().filter(report -> report.text().equals(text)).count();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise + " (seed " + SEED + ")");
        }
    }

    /** The changes of which each folder has its first ones. */
    private BitSet inOrderOfFolders(CrashDisk disk, int count) {
        Map<String, Integer> reached = disk.synced(count);
        reached.replaceAll((folder, synced) -> synced + random.nextInt(count - synced + 1));
        BitSet survivors = new BitSet();
        for (int i = 0; i < count; i++) {
            Change change = disk.changes().get(i);
            survivors.set(2 * i, i < reached.get(Change.folder(change.name())));
            survivors.set(2 * i + 1, i < reached.get(Change.folder(change.to())));
        }
        return survivors;
    }

    /** The changes without any of the last that were not synced. */
    private BitSet inNoOrder(CrashDisk disk, int count) {
        Map<String, Integer> synced = disk.synced(count);
        BitSet survivors = new BitSet();
        survivors.set(0, 2 * count);
        for (int i = Math.max(0, count - LAST); i < count; i++) {
            Change change = disk.changes().get(i);
            survivors.set(2 * i, i < synced.get(Change.folder(change.name())) || random.nextBoolean());
            survivors.set(2 * i + 1, i < synced.get(Change.folder(change.to())) || random.nextBoolean());
        }
        return survivors;
    }

    private Loss[] randomLosses(CrashDisk disk) {
        Loss[] losses = disk.nothingLost();
        for (int i = 0; i < losses.length; i++) {
            losses[i] = random.nextBoolean() ? Loss.NONE : Loss.values()[random.nextInt(Loss.values().length)];
        }
        return losses;
    }

    private void tell(String model) {
        System.out.printf(
                "crash states of model %s: %d opened, %d with a damaged report, %d within a decision, %d with"
                        + " something to erase%n",
                model, states, damaged, decisionsInFlight, erasuresOwed);
    }
}
