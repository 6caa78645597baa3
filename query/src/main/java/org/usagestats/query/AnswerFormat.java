package org.usagestats.query;

/** The form of an answer. */
public enum AnswerFormat {
    /** One JSON object, with the question and what is to be said about the answer. */
    JSON("application/json"),
    /** RFC 4180, with a header, for spreadsheets. */
    CSV("text/csv; charset=utf-8; header=present"),
    /** A JSON object a line, for each row. */
    NDJSON("application/x-ndjson"),
    /** Aligned columns, for people. */
    TABLE("text/plain; charset=utf-8");

    private final String mediaType;

    AnswerFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /**
     * The media type of an answer in this form.
     *
     * @return with its parameters, as in {@code Content-Type}
     */
    public String mediaType() {
        return mediaType;
    }

    /**
     * Writes an answer.
     *
     * @param answer the answer
     * @return its text, ended by a line feed
     */
    public String write(QueryAnswer answer) {
        return switch (this) {
            case JSON -> AnswerJson.object(answer);
            case NDJSON -> AnswerJson.lines(answer);
            case CSV -> AnswerTable.csv(answer);
            case TABLE -> AnswerTable.aligned(answer);
        };
    }
}
