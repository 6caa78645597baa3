package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.usagestats.sink.ReportTail;
import org.usagestats.sink.ReportTaker;
import org.usagestats.sink.ReportTaker.Place;

/**
 * Reads the end of a log: the newest reports, then what collectors append. It knows the newest segment of each instance, and
 * goes on to the next one once that is there. What is imported meanwhile is not new.
 */
final class LogTail implements ReportTail {

    private final Layout layout;
    private final int newest;
    private final ReportLines lines;
    private final Map<String, SegmentTail> followed = new LinkedHashMap<>();
    private boolean begun;

    private LogTail(Layout layout, int newest) throws IOException {
        this.layout = layout;
        this.newest = newest;
        this.lines = new ReportLines(layout);
    }

    static LogTail of(Layout layout, int newest) throws IOException {
        if (!Files.isDirectory(layout.root())) {
            throw new IOException("there is no directory " + layout.root());
        }
        return new LogTail(layout, newest);
    }

    @Override
    public void read(ReportTaker taker) throws IOException {
        List<Segment> segments = layout.segments();
        if (begun) {
            lines.rereadErasures();
            readOn(segments, taker);
        } else {
            readNewest(segments, taker);
            begun = true;
        }
    }

    /** Goes back day by day until there are enough, but to the newest segment of each instance in any case. */
    private void readNewest(List<Segment> segments, ReportTaker taker) throws IOException {
        Set<Segment> growing = Segment.newest(segments);
        NavigableMap<LocalDate, List<Segment>> days =
                segments.stream().collect(Collectors.groupingBy(Segment::day, TreeMap::new, Collectors.toList()));
        Deque<NewestLines> found = new ArrayDeque<>();
        int missing = newest;
        for (List<Segment> day : days.descendingMap().values()) {
            List<NewestLines> several = new ArrayList<>();
            for (Segment segment : day) {
                if (missing > 0 || growing.contains(segment)) {
                    NewestLines some = new NewestLines(missing);
                    follow(segment, growing, some);
                    several.add(some);
                }
            }
            NewestLines ofDay = NewestLines.merged(several, missing);
            found.addFirst(ofDay);
            missing = ofDay.room();
        }
        for (NewestLines ofDay : found) {
            ofDay.handTo(taker);
        }
    }

    private void follow(Segment segment, Set<Segment> growing, NewestLines some) throws IOException {
        Optional<SegmentTail> tail = open(segment);
        if (tail.isPresent()) {
            tail.get().skipTo(some);
            if (growing.contains(segment)) {
                followed.put(segment.instance().orElseThrow(), tail.get());
            } else {
                tail.get().close();
            }
        }
    }

    /** Reads the segments that were followed to their ends before any that is newer, so that none of their lines is missed. */
    private void readOn(List<Segment> segments, ReportTaker taker) throws IOException {
        for (SegmentTail tail : followed.values()) {
            tail.read(taker);
        }
        for (Segment segment : newer(segments)) {
            Optional<SegmentTail> tail = open(segment);
            if (tail.isPresent()) {
                SegmentTail before = followed.put(segment.instance().orElseThrow(), tail.get());
                if (before != null) {
                    before.close();
                }
                tail.get().read(taker);
            }
        }
    }

    private List<Segment> newer(List<Segment> segments) {
        return segments.stream()
                .filter(segment -> segment.instance()
                        .filter(name -> isNewer(segment, name))
                        .isPresent())
                .sorted(Comparator.comparingLong(
                        segment -> segment.sequenceOf(segment.instance().orElseThrow())))
                .toList();
    }

    private boolean isNewer(Segment segment, String instance) {
        SegmentTail tail = followed.get(instance);
        return tail == null || segment.sequenceOf(instance) > tail.segment().sequenceOf(instance);
    }

    /** Empty if it is gone by now: it was too old, or held nothing but what was erased. */
    private Optional<SegmentTail> open(Segment segment) throws IOException {
        try {
            return Optional.of(layout.look(segment, file -> {
                Place place = new Place(layout.root().relativize(file).toString(), 0);
                return new SegmentTail(segment, file, place, lines);
            }));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        for (SegmentTail tail : followed.values()) {
            tail.close();
        }
    }
}
