package org.usagestats.sink.jsonl;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Knows which reports have the id of another, so that each id counts once. Looks at each id once, when it is new to it: a
 * filter of bits tells most ids to be new; for the few that it takes for known ones, all ids are looked at. For use by
 * several threads.
 */
final class Repeats {

    private final Map<Segment, Seen> seen = new HashMap<>();
    private final Map<UUID, Set<Place>> places = new HashMap<>();
    private IdFilter filter = new IdFilter(1 << 16);

    private record Seen(Object content, int rows) {}

    private record Place(Segment segment, int row) {}

    /**
     * Finds the reports that do not count.
     *
     * @param segments all segments in their order
     * @param erased reports that are erased, by segment; the next one with the same id counts in their place
     * @return which reports of which segment have the id of an earlier one that counts
     */
    synchronized Map<Segment, BitSet> in(List<SegmentColumns> segments, Map<Segment, BitSet> erased)
            throws IOException {
        forgetOld(segments);
        Set<UUID> candidates = addNew(segments);
        if (!candidates.isEmpty()) {
            locate(candidates, segments);
        }
        segments.forEach(segment -> seen.put(segment.segment(), new Seen(segment.content(), segment.rows())));
        return hidden(segments, erased);
    }

    private void forgetOld(List<SegmentColumns> segments) {
        Map<Segment, Object> contents = new HashMap<>();
        long rows = 0;
        for (SegmentColumns segment : segments) {
            contents.put(segment.segment(), segment.content());
            rows += segment.rows();
        }
        if (rows > filter.capacity()) {
            filter = new IdFilter(2 * rows);
            seen.clear();
            places.clear();
        }
        Set<Segment> gone = new HashSet<>();
        seen.forEach((segment, known) -> {
            if (!known.content.equals(contents.get(segment))) {
                gone.add(segment);
            }
        });
        if (!gone.isEmpty()) {
            seen.keySet().removeAll(gone);
            places.values().forEach(all -> all.removeIf(place -> gone.contains(place.segment)));
            places.values().removeIf(all -> all.size() < 2);
        }
    }

    /** Adds the ids that are new to the filter, and returns those that it may have known before. */
    private Set<UUID> addNew(List<SegmentColumns> segments) throws IOException {
        Set<UUID> candidates = new HashSet<>();
        for (SegmentColumns segment : segments) {
            Seen known = seen.get(segment.segment());
            int from = known == null ? 0 : known.rows;
            if (from < segment.rows()) {
                forEachId(segment, from, (row, upper, lower) -> {
                    if (!filter.add(upper, lower)) {
                        candidates.add(new UUID(upper, lower));
                    }
                });
            }
        }
        return candidates;
    }

    private static void forEachId(SegmentColumns segment, int from, IdColumn.Taker taker) throws IOException {
        int first = 0;
        for (Part part : segment.parts()) {
            int base = first;
            if (base + part.rows() > from) {
                part.ids(Math.max(0, from - base), (row, upper, lower) -> taker.take(base + row, upper, lower));
            }
            first += part.rows();
        }
    }

    private void locate(Set<UUID> candidates, List<SegmentColumns> segments) throws IOException {
        IdFilter few = new IdFilter(candidates.size());
        candidates.forEach(id -> few.add(id.getMostSignificantBits(), id.getLeastSignificantBits()));
        Map<UUID, Set<Place>> found = new HashMap<>();
        for (SegmentColumns segment : segments) {
            forEachId(segment, 0, (row, upper, lower) -> {
                if (few.mayHave(upper, lower)) {
                    UUID id = new UUID(upper, lower);
                    if (candidates.contains(id)) {
                        found.computeIfAbsent(id, unseen -> new HashSet<>(4)).add(new Place(segment.segment(), row));
                    }
                }
            });
        }
        found.values().removeIf(all -> all.size() < 2);
        places.putAll(found);
    }

    private Map<Segment, BitSet> hidden(List<SegmentColumns> segments, Map<Segment, BitSet> erased) {
        Map<Segment, Integer> rows = new TreeMap<>();
        segments.forEach(segment -> rows.put(segment.segment(), segment.rows()));
        Map<Segment, BitSet> hidden = new HashMap<>();
        for (Set<Place> all : places.values()) {
            List<Place> living = new ArrayList<>(all);
            living.removeIf(place -> place.row >= rows.getOrDefault(place.segment, 0)
                    || erased.getOrDefault(place.segment, NONE).get(place.row));
            living.sort(Comparator.comparing(Place::segment).thenComparingInt(Place::row));
            for (Place place : living.subList(Math.min(1, living.size()), living.size())) {
                hidden.computeIfAbsent(place.segment, unseen -> new BitSet()).set(place.row);
            }
        }
        return hidden;
    }

    private static final BitSet NONE = new BitSet();
}
