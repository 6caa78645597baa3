package org.usagestats.sink.columns;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.usagestats.sink.Selection;
import org.usagestats.sink.kit.ReportTime;

/**
 * Keeps in memory the columns that questions have used, as many as fit: those that were not used for the longest time go
 * first, and with the last column of a key its values. For use by several threads.
 */
final class Shelf {

    private final long budget;
    private final Map<String, KeyValues> values = new HashMap<>();
    private final Map<Place, Object> kept = new LinkedHashMap<>(64, 0.75f, true);
    private final Map<String, Integer> columns = new HashMap<>();
    private long bytes;
    private int parts;

    private record Place(Part part, String key) {}

    /**
     * Starts empty.
     *
     * @param budget how many bytes to keep
     */
    Shelf(long budget) {
        this.budget = budget;
    }

    /** The values of a key. Whoever answers a question holds on to them: all its columns must number them in one way. */
    synchronized KeyValues values(String key) {
        return values.computeIfAbsent(key, unknown -> new KeyValues(budget / 2));
    }

    /** A column of a part. */
    Column column(Part part, String key, KeyValues of) throws IOException {
        if (part instanceof GrowingPart) {
            return part.column(key, of);
        }
        Place place = new Place(part, key);
        if (find(place) instanceof Column known && known.values() == of) {
            return known;
        }
        Column column = part.column(key, of);
        if (of.ownBytes() > budget / 2) {
            throw new NotIndexedException("the values of " + key + " take more memory than they may");
        }
        keep(place, column);
        return column;
    }

    /** The times of a part. */
    Times times(Part part, Selection.Clock clock) throws IOException {
        if (part instanceof GrowingPart) {
            return part.times(clock);
        }
        Place place = new Place(part, ReportTime.key(clock));
        if (find(place) instanceof Times known) {
            return known;
        }
        Times times = part.times(clock);
        keep(place, times);
        return times;
    }

    private synchronized Object find(Place place) {
        Object found = kept.get(place);
        return found == null ? place : found;
    }

    private synchronized void keep(Place place, Object object) {
        Object before = kept.put(place, object);
        if (before == null) {
            columns.merge(place.key, 1, Integer::sum);
        } else {
            bytes -= bytesOf(before);
        }
        bytes += bytesOf(object);
        Iterator<Map.Entry<Place, Object>> eldest = kept.entrySet().iterator();
        while (bytes + bytesOfValues() > budget && eldest.hasNext()) {
            Map.Entry<Place, Object> entry = eldest.next();
            eldest.remove();
            removed(entry.getKey(), entry.getValue());
        }
    }

    private void removed(Place place, Object object) {
        bytes -= bytesOf(object);
        if (columns.merge(place.key, -1, Integer::sum) == 0) {
            columns.remove(place.key);
            values.remove(place.key);
        }
    }

    /** How much memory is taken now. */
    synchronized long bytes() {
        return bytes + bytesOfValues();
    }

    /** Drops the columns of parts that are gone. */
    synchronized void retain(List<Piece> pieces) {
        if (kept.isEmpty() || pieces.size() == parts) {
            return;
        }
        parts = pieces.size();
        Set<Part> there = new HashSet<>();
        pieces.forEach(piece -> there.add(piece.part()));
        kept.entrySet().removeIf(entry -> {
            boolean gone = !there.contains(entry.getKey().part);
            if (gone) {
                removed(entry.getKey(), entry.getValue());
            }
            return gone;
        });
    }

    private long bytesOfValues() {
        return values.values().stream().mapToLong(KeyValues::bytes).sum();
    }

    private static long bytesOf(Object object) {
        return object instanceof Column column ? column.bytes() : ((Times) object).bytes();
    }
}
