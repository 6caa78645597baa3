package org.usagestats.sink.columns;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Knows which reports have the id of another, so that each id counts once. Looks at each id once, when it is new to it: a
 * filter of bits tells most ids to be new; for the few that it takes for known ones, all ids are looked at. For use by
 * several threads.
 */
final class Repeats {

    private final Map<Object, Seen> seen = new HashMap<>();
    private final Map<UUID, Set<Place>> places = new HashMap<>();
    private IdFilter filter = new IdFilter(1 << 16);

    private record Seen(Object content, int rows) {}

    private record Place(Object source, int row) {}

    /**
     * Finds the reports that do not count.
     *
     * @param sources all sources in their order; of an id whose first report is erased the next one counts
     * @return which reports of which source have the id of an earlier one that counts
     */
    synchronized Map<Object, BitSet> in(List<Columns> sources) throws IOException {
        forgetOld(sources);
        Set<UUID> candidates = addNew(sources);
        if (!candidates.isEmpty()) {
            locate(candidates, sources);
        }
        sources.forEach(columns -> seen.put(columns.source(), new Seen(columns.content(), columns.rows())));
        return hidden(sources);
    }

    private void forgetOld(List<Columns> sources) {
        Map<Object, Object> contents = new HashMap<>();
        long rows = 0;
        for (Columns columns : sources) {
            contents.put(columns.source(), columns.content());
            rows += columns.rows();
        }
        if (rows > filter.capacity()) {
            filter = new IdFilter(2 * rows);
            seen.clear();
            places.clear();
        }
        Set<Object> gone = new HashSet<>();
        seen.forEach((source, known) -> {
            if (!known.content.equals(contents.get(source))) {
                gone.add(source);
            }
        });
        if (!gone.isEmpty()) {
            seen.keySet().removeAll(gone);
            places.values().forEach(all -> all.removeIf(place -> gone.contains(place.source)));
            places.values().removeIf(all -> all.size() < 2);
        }
    }

    /** Adds the ids that are new to the filter, and returns those that it may have known before. */
    private Set<UUID> addNew(List<Columns> sources) throws IOException {
        Set<UUID> candidates = new HashSet<>();
        for (Columns columns : sources) {
            Seen known = seen.get(columns.source());
            int from = known == null ? 0 : known.rows;
            if (from < columns.rows()) {
                forEachId(columns, from, (row, upper, lower) -> {
                    if (!filter.add(upper, lower)) {
                        candidates.add(new UUID(upper, lower));
                    }
                });
            }
        }
        return candidates;
    }

    private static void forEachId(Columns columns, int from, IdColumn.Taker taker) throws IOException {
        int first = 0;
        for (Part part : columns.parts()) {
            int base = first;
            if (base + part.rows() > from) {
                part.ids(Math.max(0, from - base), (row, upper, lower) -> taker.take(base + row, upper, lower));
            }
            first += part.rows();
        }
    }

    private void locate(Set<UUID> candidates, List<Columns> sources) throws IOException {
        IdFilter few = new IdFilter(candidates.size());
        candidates.forEach(id -> few.add(id.getMostSignificantBits(), id.getLeastSignificantBits()));
        Map<UUID, Set<Place>> found = new HashMap<>();
        for (Columns columns : sources) {
            forEachId(columns, 0, (row, upper, lower) -> {
                if (few.mayHave(upper, lower)) {
                    UUID id = new UUID(upper, lower);
                    if (candidates.contains(id)) {
                        found.computeIfAbsent(id, unseen -> new HashSet<>(4)).add(new Place(columns.source(), row));
                    }
                }
            });
        }
        found.values().removeIf(all -> all.size() < 2);
        places.putAll(found);
    }

    private Map<Object, BitSet> hidden(List<Columns> sources) {
        Map<Object, Integer> order = new HashMap<>();
        sources.forEach(columns -> order.put(columns.source(), order.size()));
        Map<Object, BitSet> hidden = new HashMap<>();
        for (Set<Place> all : places.values()) {
            List<Place> living = new ArrayList<>(all);
            living.removeIf(place -> {
                Integer at = order.get(place.source);
                return at == null || !isThere(place.row, sources.get(at));
            });
            living.sort(Comparator.comparing((Place place) -> order.getOrDefault(place.source, 0))
                    .thenComparingInt(Place::row));
            for (Place place : living.subList(Math.min(1, living.size()), living.size())) {
                hidden.computeIfAbsent(place.source, unseen -> new BitSet()).set(place.row);
            }
        }
        return hidden;
    }

    private static boolean isThere(int row, Columns columns) {
        return row < columns.rows() && !columns.erased().get(row);
    }
}
