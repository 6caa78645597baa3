package org.usagestats.sink.jsonl;

import java.util.List;

/**
 * What reports have left between two line feeds of a file.
 *
 * @param heads the heads of the reports
 * @param whole whether it is a line as it was written, of one report
 */
record Traces(List<StoredHead> heads, boolean whole) {

    /**
     * Looks at what a reader has stepped to.
     *
     * @param numbered whether a collector wrote the file, so that every line has a checksum
     */
    static Traces of(LineReader lines, LineReader.Step step, boolean numbered) {
        byte[] bytes = lines.bytes();
        return switch (step) {
            case LINE ->
                switch (Line.check(bytes, lines.from(), lines.to())) {
                    case HOLDS -> whole(lines);
                    case MISSING -> numbered ? damaged(lines) : whole(lines);
                    case FAILS -> damaged(lines);
                };
            case UNTERMINATED, UNREADABLE -> damaged(lines);
            case TOO_LONG, END -> new Traces(List.of(), true);
        };
    }

    private static Traces whole(LineReader lines) {
        return new Traces(List.of(StoredHead.of(lines.bytes(), lines.from(), lines.to())), true);
    }

    private static Traces damaged(LineReader lines) {
        return new Traces(StoredHead.allIn(lines.bytes(), lines.from(), lines.to()), false);
    }
}
