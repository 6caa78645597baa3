package org.usagestats.sink.jsonl;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.usagestats.api.Erasure;
import org.usagestats.sink.ReceivedReport;

/**
 * One who sends numbered reports and may have them erased.
 *
 * @param name stands in each report
 * @param number sets the ids apart from those of other senders
 */
record Sender(String name, int number) {

    ReceivedReport report(int report, Instant received) {
        byte[] body = ("date:1.000\nsender:" + name + "\nn:" + report + "\n").getBytes(StandardCharsets.UTF_8);
        return ReceivedReport.text(body, received)
                .id(id(report))
                .eraseHash(erasure(report).hash())
                .build();
    }

    ReceivedReport report(int report) {
        return report(report, Sample.NOON);
    }

    UUID id(int report) {
        return new UUID(number, report);
    }

    Erasure erasure(int report) {
        return new Erasure(id(report), String.format(Locale.ROOT, "%032x%032x", number, report));
    }

    /** The wishes to erase the reports before a number. */
    List<Erasure> erasures(int end) {
        return IntStream.range(0, end).mapToObj(this::erasure).toList();
    }

    /**
     * What of this sender's reports before a number is found in any file, compressed or not, by its name, an id, or an erase
     * hash.
     */
    List<String> traces(Path root, int end) throws IOException {
        List<String> words = new ArrayList<>(List.of(name));
        for (int report = 0; report < end; report++) {
            words.add(id(report).toString());
            words.add(erasure(report).hash());
            words.add(erasure(report).secret());
        }
        List<String> traces = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes;
                try (InputStream lines = Form.of(file).open(file)) {
                    bytes = new String(lines.readAllBytes(), StandardCharsets.ISO_8859_1);
                }
                words.stream().filter(bytes::contains).forEach(word -> traces.add(root.relativize(file) + ": " + word));
            }
        } catch (NoSuchFileException | UncheckedIOException | EOFException changing) {
            traces.add("files come and go: " + changing.getMessage());
        }
        return traces;
    }

    /** Tells whether a line of an export is of this sender. */
    boolean sent(String json) {
        return json.contains("\"sender\":\"" + name + "\"");
    }
}
