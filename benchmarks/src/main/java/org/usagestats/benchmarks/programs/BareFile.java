package org.usagestats.benchmarks.programs;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes a few lines into a temporary file and renames it: the least that keeping a report can cost. */
final class BareFile {

    private BareFile() {}

    /**
     * Runs the program.
     *
     * @param args a directory
     * @throws IOException if the file cannot be written
     */
    public static void main(String[] args) throws IOException {
        long start = System.nanoTime();
        File temporary = new File(args[0], "temporary");
        try (FileOutputStream file = new FileOutputStream(temporary)) {
            file.write(report().getBytes(StandardCharsets.UTF_8));
        }
        File kept = new File(args[0], Long.toString(start));
        if (!temporary.renameTo(kept)) {
            throw new IOException("not renamed: " + temporary);
        }
        System.out.println(System.nanoTime() - start);
    }

    private static String report() {
        StringBuilder text = new StringBuilder(512);
        append(text, "date", Long.toString(System.currentTimeMillis()));
        append(text, "version", "0.1");
        append(text, "program", "cool-program");
        append(text, "mode", "compatibility");
        append(text, "what", "Ran the program");
        return text.toString();
    }

    private static void append(StringBuilder text, String key, String value) {
        text.append(key).append(':').append(value).append('\n');
    }
}
