package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text format of Prometheus, version 0.0.4, as strictly as it can be read. */
final class PrometheusText {

    private static final String NAME = "[a-z_:][a-z0-9_:]*";
    private static final String LABEL = "[a-z_][a-z0-9_]*=\"(?:[^\"\\\\\n]|\\\\[\\\\\"n])*\"";
    private static final Pattern HELP = Pattern.compile("# HELP (" + NAME + ") (?:[^\\\\]|\\\\[\\\\n])+");
    private static final Pattern TYPE = Pattern.compile("# TYPE (" + NAME + ") (counter|gauge|histogram)");
    private static final Pattern SAMPLE = Pattern.compile(
            "((" + NAME + ")(?:\\{" + LABEL + "(?:," + LABEL + ")*})?) (-?[0-9]+(?:\\.[0-9]+(?:E-?[0-9]+)?)?)");
    private static final Pattern BUCKET = Pattern.compile(".*\\{le=\"([0-9]+\\.[0-9]+|\\+Inf)\"}");

    private final Map<String, Double> samples = new LinkedHashMap<>();
    private final Set<String> metrics = new LinkedHashSet<>();

    private PrometheusText() {}

    /** The samples by name and labels, in their order. */
    static Map<String, Double> samples(String text) {
        assertThat(text).endsWith("\n").doesNotContain("\r", "\n\n");
        PrometheusText reading = new PrometheusText();
        List<String> lines = List.of(text.split("\n"));
        int next = 0;
        while (next < lines.size()) {
            next = reading.metric(lines, next);
        }
        return reading.samples;
    }

    /** Reads HELP, TYPE and the samples of one metric. */
    private int metric(List<String> lines, int start) {
        String name = matched(HELP, lines.get(start)).group(1);
        Matcher type = matched(TYPE, lines.get(start + 1));
        assertThat(type.group(1)).isEqualTo(name);
        assertThat(metrics.add(name)).as("%s stands once", name).isTrue();
        assertThat(name.endsWith("_total"))
                .as("counters end so: %s", name)
                .isEqualTo(type.group(2).equals("counter"));
        int next = start + 2;
        Map<String, Double> own = new LinkedHashMap<>();
        while (next < lines.size() && !lines.get(next).startsWith("#")) {
            Matcher sample = matched(SAMPLE, lines.get(next));
            assertThat(sample.group(2))
                    .matches(name + (type.group(2).equals("histogram") ? "_(bucket|sum|count)" : ""));
            assertThat(own.put(sample.group(1), Double.valueOf(sample.group(3))))
                    .as("stands once")
                    .isNull();
            next++;
        }
        assertThat(own).as("samples of %s", name).isNotEmpty();
        if (type.group(2).equals("histogram")) {
            requireHistogram(name, own);
        }
        samples.putAll(own);
        return next;
    }

    private static void requireHistogram(String name, Map<String, Double> samples) {
        double bound = 0;
        double below = 0;
        for (Map.Entry<String, Double> sample : samples.entrySet()) {
            Matcher bucket = BUCKET.matcher(sample.getKey());
            if (sample.getKey().startsWith(name + "_bucket")) {
                assertThat(bucket.matches()).as(sample.getKey()).isTrue();
                double next =
                        bucket.group(1).equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bucket.group(1));
                assertThat(next).isGreaterThan(bound);
                assertThat(sample.getValue()).isGreaterThanOrEqualTo(below);
                bound = next;
                below = sample.getValue();
            }
        }
        assertThat(bound).isInfinite();
        assertThat(samples).containsEntry(name + "_count", below).containsKey(name + "_sum");
    }

    private static Matcher matched(Pattern form, String line) {
        Matcher matcher = form.matcher(line);
        assertThat(matcher.matches()).as("%s matches %s", line, form).isTrue();
        return matcher;
    }
}
