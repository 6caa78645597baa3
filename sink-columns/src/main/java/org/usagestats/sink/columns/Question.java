package org.usagestats.sink.columns;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.usagestats.sink.Dimension;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.QueryTooLargeException;
import org.usagestats.sink.Value;
import org.usagestats.sink.kit.Group;
import org.usagestats.sink.kit.Grouping;
import org.usagestats.sink.kit.Measures;
import org.usagestats.sink.kit.Numbers;

/** Answers one question from columns. Used once. */
final class Question {

    private final Query query;
    private final Costs costs;
    private final Shelf shelf;
    private final List<Piece> pieces;
    private final Fields fields;
    private final Choice choice;
    private final List<Axis> dimensions;
    private final Map<String, FirstReports> firsts = new HashMap<>();
    private final List<FieldAxis> distinct;
    private final List<FieldAxis> numbers;
    private Map<Piece, RowSet> newest = Map.of();

    /**
     * Prepares a question.
     *
     * @param pieces all reports, in their order
     */
    Question(Query query, Costs costs, Shelf shelf, List<Piece> pieces) {
        this.query = query;
        this.costs = costs;
        this.shelf = shelf;
        this.pieces = pieces;
        Set<String> keys = new HashSet<>();
        pieces.forEach(piece -> keys.addAll(piece.part().keys()));
        this.fields = new Fields(shelf, keys, query.values());
        this.choice = new Choice(query.selection(), shelf, fields);
        this.dimensions = query.groupBy().stream().map(this::axis).toList();
        Measures measures = Measures.of(query);
        this.distinct = axes(measures.distinct());
        this.numbers = axes(measures.numbers());
    }

    private List<FieldAxis> axes(List<String> paths) {
        return paths.stream()
                .map(path -> fields.axis(new Dimension.Field(path)))
                .toList();
    }

    private Axis axis(Dimension dimension) {
        if (dimension instanceof Dimension.Time time) {
            return new TimeAxis(time.span(), query.selection(), shelf);
        }
        FieldAxis axis = fields.axis(dimension);
        if (dimension instanceof Dimension.First || dimension instanceof Dimension.Age) {
            String path = ((Dimension.OfField) dimension).path();
            FirstReports first = firsts.computeIfAbsent(path, of -> new FirstReports(axis, query.selection(), shelf));
            return new CohortAxis(dimension, first, query.selection(), shelf);
        }
        return axis;
    }

    /**
     * Answers it.
     *
     * @param damaged how many reports cannot be read
     */
    QueryResult answer(Workers workers, long damaged) throws IOException {
        if (!firsts.isEmpty()) {
            each(workers, pieces, this::learn);
        }
        if (query.selection().newest().isPresent()) {
            newest = new NewestRows(shelf, query.selection().newest().getAsLong()).in(pieces);
        }
        long examined = examined();
        Tally all = tally();
        ConcurrentLinkedQueue<Tally> tallies = new ConcurrentLinkedQueue<>();
        each(workers, relevant(), piece -> {
            Tally tally = tallies.poll();
            Tally mine = tally == null ? tally() : tally;
            count(piece, mine);
            tallies.add(mine);
        });
        tallies.forEach(all::add);
        return result(all, examined, damaged);
    }

    private Tally tally() {
        return new Tally(distinct.size(), numbers.size());
    }

    private void each(Workers workers, List<Piece> some, Workers.Work<Piece> work) throws IOException {
        workers.each(some, piece -> {
            costs.requireTime();
            work.on(piece);
        });
    }

    private void learn(Piece piece) throws IOException {
        RowSet rows = choice.everPassing(piece);
        for (FirstReports first : firsts.values()) {
            first.learn(piece.part(), rows);
        }
    }

    private List<Piece> relevant() {
        return pieces.stream()
                .filter(piece -> !choice.isOutside(piece.part()) && (!hasNewest() || newest.containsKey(piece)))
                .toList();
    }

    private boolean hasNewest() {
        return query.selection().newest().isPresent();
    }

    private void count(Piece piece, Tally tally) throws IOException {
        Part part = piece.part();
        RowSet chosen = choice.in(piece, newest.get(piece));
        if (chosen != null && chosen.size() == 0) {
            return;
        }
        PartScan scan = new PartScan(tally, fewer(seen(dimensions, part)), part.rows(), chosen);
        scan.count(measured(distinct, part), measured(numbers, part));
        costs.requireGroups(tally.counts().size(), dimensions);
    }

    private static Meanings.Seen[] fewer(Meanings.Seen[] seen) {
        return Arrays.stream(seen).map(Meanings.Seen::fewer).toArray(Meanings.Seen[]::new);
    }

    private static PartScan.Measured measured(List<FieldAxis> axes, Part part) throws IOException {
        return new PartScan.Measured(
                List.of(seen(axes, part)), axes.stream().map(FieldAxis::space).toList());
    }

    private static Meanings.Seen[] seen(List<? extends Axis> axes, Part part) throws IOException {
        Meanings.Seen[] seen = new Meanings.Seen[axes.size()];
        for (int i = 0; i < seen.length; i++) {
            seen[i] = axes.get(i).in(part);
        }
        return seen;
    }

    private QueryResult result(Tally all, long examined, long damaged) throws QueryTooLargeException {
        Grouping grouping = new Grouping(query, costs.limits());
        grouping.damaged(damaged);
        grouping.examined(examined);
        grouping.matched(all.matched);
        grouping.withoutPath(all.withoutPath);
        for (Map.Entry<Tally.Key, Tally.Count> entry : all.counts().entrySet()) {
            List<List<Value>> groups = groups(entry.getKey().meanings());
            for (List<Value> values : groups) {
                add(entry.getValue(), grouping.group(values), groups.size() > 1);
            }
        }
        return grouping.result();
    }

    private long examined() {
        if (hasNewest()) {
            return newest.values().stream().mapToLong(RowSet::size).sum();
        }
        return pieces.stream().mapToLong(Piece::counting).sum();
    }

    private List<List<Value>> groups(int[] meanings) {
        List<List<Value>> groups = List.of(List.of());
        for (int i = 0; i < meanings.length; i++) {
            List<List<Value>> longer = new ArrayList<>();
            for (List<Value> group : groups) {
                for (Value value : dimensions.get(i).space().values(meanings[i])) {
                    List<Value> more = new ArrayList<>(group);
                    more.add(value);
                    longer.add(more);
                }
            }
            groups = longer;
        }
        return groups;
    }

    private void add(Tally.Count count, Group group, boolean again) {
        group.count(count.reports);
        for (int i = 0; i < count.distinct.length; i++) {
            group.addDistinct(i, again ? count.distinct[i].copy() : count.distinct[i]);
        }
        for (int i = 0; i < count.numbers.length; i++) {
            Numbers all = group.numbers(i);
            KeyValues values = numbers.get(i).space().values();
            count.numbers[i].each((number, times) -> {
                double decimal = values.decimal(number);
                if (!Double.isNaN(decimal)) {
                    all.add(decimal, times);
                }
            });
        }
    }
}
