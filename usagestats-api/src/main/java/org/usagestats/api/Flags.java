package org.usagestats.api;

/**
 * The flags that come with the library. Each adds at once what this machine says of itself, and leaves out what it does
 * not say; none of them asks the network.
 *
 * <p>{@link #HOST}, {@link #USER} and {@link #COMMAND_LINE} can identify a person: they add nothing unless the program
 * allows them by name.
 */
public final class Flags {

    /**
     * The machine's {@code architecture}, on Linux its {@code distribution} ({@code name;version}), and its
     * {@code system} ({@code name;release}).
     */
    public static final Flag OPERATING_SYSTEM = StandardFlag.OPERATING_SYSTEM;

    /** The running Java, as {@code java:<feature>;<interim>;<update>;<vendor>}. */
    public static final Flag JAVA_VERSION = StandardFlag.JAVA_VERSION;

    /** The seconds since the client was opened, with three decimals, as {@code session_time}. */
    public static final Flag SESSION_TIME = StandardFlag.SESSION_TIME;

    /**
     * The very build of Java: {@code runtime.version}, its {@code runtime.date} of release, {@code runtime.vendor},
     * {@code runtime.vm}, {@code runtime.vm_version}, and {@code runtime.bits} (32 or 64).
     */
    public static final Flag RUNTIME = StandardFlag.RUNTIME;

    /** The machine's own name as {@code hostname}; no name service is asked for it. Identifying. */
    public static final Flag HOST = StandardFlag.HOST;

    /** The name of the user's account as {@code username}. Identifying. */
    public static final Flag USER = StandardFlag.USER;

    /**
     * The main class or jar and the arguments it was given as {@code command_line}, without the options of Java itself.
     * Identifying: arguments hold names of files, and at times passwords.
     */
    public static final Flag COMMAND_LINE = StandardFlag.COMMAND_LINE;

    /**
     * The machine's clock when the report is submitted: {@code time.utc} (RFC 3339, in seconds), and
     * {@code time.std_utc_offset}, the hours between its time zone's standard time and UTC, such as {@code -3.5}.
     */
    public static final Flag TIME = StandardFlag.TIME;

    /**
     * What {@code uname} tells, but for the machine's name: {@code uname.system}, {@code uname.release}, on Linux
     * {@code uname.version}, {@code uname.machine}, and {@code uname.processor}.
     */
    public static final Flag UNAME = StandardFlag.UNAME;

    /** On Linux the distribution's {@code linux_dist.name} and {@code linux_dist.version}, by {@code os-release(5)}. */
    public static final Flag LINUX_DISTRIBUTION = StandardFlag.LINUX_DISTRIBUTION;

    private Flags() {}
}
