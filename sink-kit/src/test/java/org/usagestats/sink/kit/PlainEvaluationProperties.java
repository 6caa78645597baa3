package org.usagestats.sink.kit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.usagestats.sink.Query;
import org.usagestats.sink.QueryResult;
import org.usagestats.sink.QueryResult.Row;
import org.usagestats.sink.QueryTooLargeException;
import org.usagestats.sink.Value;

class PlainEvaluationProperties {

    /** A report of the model: zero stands for "has none". */
    record Stored(int id, int second, int version, int system) {

        byte[] json() {
            List<String> members = new ArrayList<>();
            if (id > 0) {
                members.add("\"report_id\":\"" + new UUID(id, -id) + "\"");
            }
            members.add("\"server_time\":\"2026-11-22T12:00:%02d.000Z\"".formatted(second));
            if (version > 0) {
                members.add("\"app\":{\"version\":" + version + "}");
            }
            if (system > 0) {
                members.add("\"system.name\":\"s" + system + "\"");
            }
            return ("{" + String.join(",", members) + "}").getBytes(UTF_8);
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void countsAsANaiveModelDoes(@ForAll("stored") List<Stored> reports, @ForAll @IntRange(max = 12) int newest)
            throws QueryTooLargeException {
        Query query = Query.count("app.version", "system.name");
        PlainEvaluation evaluation = new PlainEvaluation(newest == 0 ? query : query.overNewest(newest));
        for (Stored report : reports) {
            evaluation.add(report.json());
        }

        assertThat(evaluation.result()).isEqualTo(model(reports, newest));
    }

    private static QueryResult model(List<Stored> reports, int newest) {
        Set<Integer> ids = new HashSet<>();
        List<Stored> once = new ArrayList<>();
        for (Stored report : reports) {
            if (report.id() == 0 || ids.add(report.id())) {
                once.add(report);
            }
        }
        once.sort(Comparator.comparing(Stored::second));
        List<Stored> looked = newest == 0 ? once : once.subList(Math.max(0, once.size() - newest), once.size());
        Map<String, Long> counts = new TreeMap<>();
        for (Stored report : looked) {
            if (report.version() > 0 && report.system() > 0) {
                counts.merge(report.version() + " s" + report.system(), 1L, Long::sum);
            }
        }
        long matched = counts.values().stream().mapToLong(Long::longValue).sum();
        return new QueryResult(
                List.of("app.version", "system.name", "count"),
                rows(counts),
                new QueryResult.Coverage(looked.size(), matched, looked.size() - matched, 0),
                new QueryResult.Groups(counts.size(), 0, 0, 0, Optional.empty()));
    }

    private static List<Row> rows(Map<String, Long> counts) {
        List<Row> rows = new ArrayList<>();
        counts.forEach((values, count) -> rows.add(new Row(
                List.of(Value.string(values.split(" ")[0]), Value.string(values.split(" ")[1])), List.of(count))));
        rows.sort(Comparator.comparing((Row row) -> (Long) row.metrics().get(0)).reversed());
        return rows;
    }

    @Provide
    Arbitrary<List<Stored>> stored() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 3))
                .as(Stored::new)
                .list()
                .ofMaxSize(40);
    }
}
