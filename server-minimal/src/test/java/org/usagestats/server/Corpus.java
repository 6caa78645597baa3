package org.usagestats.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the corpora of bad input: files of cases, each with its expected outcome beside it. */
final class Corpus {

    private final List<Case> cases = new ArrayList<>();
    private String name = "";
    private ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private List<String> outcomes = new ArrayList<>();

    private Corpus() {}

    /**
     * A case.
     *
     * @param name what it is
     * @param sent what is sent
     * @param outcomes what comes of it, one of these
     */
    record Case(String name, byte[] sent, List<String> outcomes) {

        @Override
        public String toString() {
            return name;
        }

        String text() {
            return new String(sent, StandardCharsets.UTF_8);
        }
    }

    /** Reads a corpus by its name. */
    static List<Case> of(String name) throws IOException {
        String file = "/corpora/" + name + ".txt";
        try (InputStream in = Corpus.class.getResourceAsStream(file)) {
            Corpus corpus = new Corpus();
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(corpus::line);
            corpus.end();
            return corpus.cases;
        }
    }

    private void line(String line) {
        if (line.startsWith("= ")) {
            end();
            name = line.substring(2);
        } else if (line.startsWith(">")) {
            sent.writeBytes(bytes(content(line)));
        } else if (line.startsWith("<")) {
            outcomes.add(new String(bytes(content(line)), StandardCharsets.UTF_8));
        } else if (!line.isEmpty() && !line.startsWith("#")) {
            throw new IllegalArgumentException("not a line of a corpus: " + line);
        }
    }

    private static String content(String line) {
        return line.startsWith(" ", 1) ? line.substring(2) : line.substring(1);
    }

    private void end() {
        if (!name.isEmpty()) {
            cases.add(new Case(name, sent.toByteArray(), outcomes));
        }
        sent = new ByteArrayOutputStream();
        outcomes = new ArrayList<>();
    }

    /** The text in UTF-8, with the bytes that its escapes stand for. */
    private static byte[] bytes(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int from = 0;
        for (int at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', from)) {
            bytes.writeBytes(text.substring(from, at).getBytes(StandardCharsets.UTF_8));
            from = at + 2;
            switch (text.charAt(at + 1)) {
                case 'r' -> bytes.write('\r');
                case 'n' -> bytes.write('\n');
                case 't' -> bytes.write('\t');
                case '\\' -> bytes.write('\\');
                case 'x' -> {
                    bytes.write(Integer.parseInt(text.substring(from, from + 2), 16));
                    from += 2;
                }
                case '{' -> {
                    int star = text.indexOf('*', from);
                    int end = endOfRepeated(text, star + 1);
                    byte[] once = bytes(text.substring(star + 1, end));
                    for (int times = Integer.parseInt(text.substring(from, star)); times > 0; times--) {
                        bytes.writeBytes(once);
                    }
                    from = end + 1;
                }
                default -> throw new IllegalArgumentException("no escape: " + text.substring(at, at + 2));
            }
        }
        bytes.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    /** What is repeated ends at the first brace that closes, and has no other that does. */
    private static int endOfRepeated(String text, int from) {
        return text.indexOf('}', from);
    }
}
