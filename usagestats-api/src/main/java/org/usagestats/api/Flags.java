package org.usagestats.api;

/** The flags that come with the library. */
public final class Flags {

    /**
     * The machine's {@code architecture}, on Linux its {@code distribution} ({@code name;version}), and its
     * {@code system} ({@code name;release}).
     */
    public static final Flag OPERATING_SYSTEM = new OperatingSystemFlag();

    /** The running Java, as {@code java:<feature>;<interim>;<update>;<vendor>}. */
    public static final Flag JAVA_VERSION = new JavaVersionFlag();

    /** The seconds since the client was opened, with three decimals, as {@code session_time}. */
    public static final Flag SESSION_TIME = new SessionTimeFlag();

    private Flags() {}
}
