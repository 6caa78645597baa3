package org.usagestats.sink.files;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.usagestats.sink.ReceivedReport;
import org.usagestats.sink.ReceivedReport.Format;

/**
 * What a directory holds of the milliseconds that an import comes upon: which contents, and which numbers of names. It reads
 * each file of a millisecond once, however many reports are of it, and remembers those that it came upon last.
 */
final class Moments implements FirstNames {

    private static final int REMEMBERED = 1000;

    private final Contents contents;
    private final Map<Moment, Set<Integer>> numbers = new HashMap<>();
    private final Map<Moment, Known> known = new LinkedHashMap<>(64, 0.75f, true);

    /** Reads what a file holds; empty if there is none. */
    interface Contents {
        Optional<byte[]> of(ReportName name);
    }

    private record Moment(long millis, Format format) {

        static Moment of(ReceivedReport report) {
            return new Moment(report.received().toEpochMilli(), report.format());
        }

        ReportName name(int number) {
            return new ReportName(millis, number, format);
        }
    }

    /** What is known of a moment: hashes of the contents, and the number below which all are taken. */
    private static final class Known {
        private final Set<String> hashes = new HashSet<>();
        private int next;
    }

    /**
     * Starts with the names that are there.
     *
     * @param names the names of all reports
     * @param contents what their files hold
     */
    Moments(List<ReportName> names, Contents contents) {
        this.contents = contents;
        names.forEach(this::take);
    }

    /** Numbers from 1 on are kept for ever: most moments have none, and 0 is found by a look. */
    private void take(ReportName name) {
        if (name.number() > 0) {
            numbers.computeIfAbsent(new Moment(name.millis(), name.format()), first -> new TreeSet<>())
                    .add(name.number());
        }
    }

    private Set<Integer> numbers(Moment moment) {
        return numbers.getOrDefault(moment, Set.of());
    }

    /**
     * Adds a report.
     *
     * @param content what its file would hold
     * @return false if it was there already
     */
    boolean add(ReceivedReport report, byte[] content) {
        return known(Moment.of(report)).hashes.add(hash(content));
    }

    @Override
    public ReportName of(ReceivedReport report) {
        Moment moment = Moment.of(report);
        Known here = known(moment);
        while (numbers(moment).contains(here.next)) {
            here.next++;
        }
        ReportName name = moment.name(here.next++);
        take(name);
        return name;
    }

    private Known known(Moment moment) {
        return known.computeIfAbsent(moment, this::look);
    }

    private Known look(Moment moment) {
        Known found = new Known();
        contents.of(moment.name(0)).ifPresent(content -> {
            found.hashes.add(hash(content));
            found.next = 1;
        });
        for (int number : numbers(moment)) {
            contents.of(moment.name(number)).ifPresent(content -> found.hashes.add(hash(content)));
        }
        return found;
    }

    /** Tells whether it remembers more than it should. */
    boolean isFull() {
        return known.size() > REMEMBERED;
    }

    /** Forgets those moments that it came upon the longest time ago; what was added must be stored by now. */
    void forgetOld() {
        Iterator<Known> eldest = known.values().iterator();
        for (int left = known.size(); left > REMEMBERED / 2; left--) {
            eldest.next();
            eldest.remove();
        }
    }

    private static String hash(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return new String(hash, StandardCharsets.ISO_8859_1);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
