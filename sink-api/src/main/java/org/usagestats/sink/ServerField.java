package org.usagestats.sink;

/**
 * The fields that a collector adds to a report. They stand first in the canonical JSON object; a client's field of such a
 * name is renamed {@code client.<name>}.
 */
public final class ServerField {

    /** The id that the client gave the report, if any. */
    public static final String REPORT_ID = "report_id";

    /** When the collector received it: RFC 3339, UTC, milliseconds. */
    public static final String SERVER_TIME = "server_time";

    /** The client's address, if addresses are kept. */
    public static final String SUBMITTED_FROM = "submitted_from";

    /** The path it was posted to, if another than {@code /}. */
    public static final String SUBMITTED_PATH = "submitted_path";

    /** When the collector received it, in Unix seconds: the files sink's line for {@link #SERVER_TIME}. */
    public static final String SUBMITTED_DATE = "submitted_date";

    /** The files sink's line for {@link #REPORT_ID}. */
    public static final String SUBMITTED_ID = "submitted_id";

    /** The hash of the secret by which its sender can have it erased, if any. */
    public static final String SUBMITTED_ERASE = "submitted_erase";

    /** The checksum that ends a line of the JSON Lines sink. */
    public static final String CHECKSUM = "crc32c";

    private ServerField() {}

    /**
     * Tells whether a name is the collector's.
     *
     * @param name a field's name
     * @return true if a client's field of this name must be renamed
     */
    public static boolean isReserved(String name) {
        return switch (name) {
            case REPORT_ID,
                    SERVER_TIME,
                    SUBMITTED_FROM,
                    SUBMITTED_PATH,
                    SUBMITTED_DATE,
                    SUBMITTED_ID,
                    SUBMITTED_ERASE,
                    CHECKSUM -> true;
            default -> false;
        };
    }

    /**
     * Names a client's field so that it cannot be taken for the collector's.
     *
     * @param name the name that the client gave
     * @return the name, or {@code client.<name>} if it is reserved
     */
    public static String clientName(String name) {
        return isReserved(name) ? "client." + name : name;
    }
}
