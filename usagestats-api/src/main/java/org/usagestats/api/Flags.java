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
    public static final Flag OPERATING_SYSTEM =
            StandardFlag.of("which systems the program has to run on", "architecture", "distribution", "system");

    /** The running Java, as {@code java:<feature>;<interim>;<update>;<vendor>}. */
    public static final Flag JAVA_VERSION = StandardFlag.of("which versions of Java the program has to run on", "java");

    /** The seconds since the client was opened, with three decimals, as {@code session_time}. */
    public static final Flag SESSION_TIME =
            StandardFlag.of("how long the program is used at a time, in seconds", "session_time");

    /**
     * The very build of Java: {@code runtime.version}, its {@code runtime.date} of release, {@code runtime.vendor},
     * {@code runtime.vm}, {@code runtime.vm_version}, and {@code runtime.bits} (32 or 64).
     */
    public static final Flag RUNTIME = StandardFlag.of(
            "which builds of Java the program has to run on",
            "runtime.version",
            "runtime.date",
            "runtime.vendor",
            "runtime.vm",
            "runtime.vm_version",
            "runtime.bits");

    /** The machine's own name as {@code hostname}; no name service is asked for it. Identifying. */
    public static final Flag HOST =
            StandardFlag.identifying("on which machines the program is used, by their names", "hostname");

    /** The name of the user's account as {@code username}. Identifying. */
    public static final Flag USER =
            StandardFlag.identifying("who uses the program, by the names of their accounts", "username");

    /**
     * The main class or jar and the arguments it was given as {@code command_line}, without the options of Java itself.
     * Identifying: arguments hold names of files, and at times passwords.
     */
    public static final Flag COMMAND_LINE = StandardFlag.identifying(
            "which options the program is started with, and with what arguments", "command_line");

    /**
     * The machine's clock when the report is submitted: {@code time.utc} (RFC 3339, in seconds), and
     * {@code time.std_utc_offset}, the hours between its time zone's standard time and UTC, such as {@code -3.5}.
     */
    public static final Flag TIME = StandardFlag.of(
            "at what hours and in which time zones the program is used", "time.utc", "time.std_utc_offset");

    /**
     * What {@code uname} tells, but for the machine's name: {@code uname.system}, {@code uname.release}, on Linux
     * {@code uname.version}, {@code uname.machine}, and {@code uname.processor}.
     */
    public static final Flag UNAME = StandardFlag.of(
            "which kernels and processors the program has to run on",
            "uname.system",
            "uname.release",
            "uname.version",
            "uname.machine",
            "uname.processor");

    /** On Linux the distribution's {@code linux_dist.name} and {@code linux_dist.version}, by {@code os-release(5)}. */
    public static final Flag LINUX_DISTRIBUTION = StandardFlag.of(
            "which Linux distributions the program has to run on", "linux_dist.name", "linux_dist.version");

    private Flags() {}
}
