package org.usagestats.core;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.usagestats.api.Field;
import org.usagestats.api.Flag;
import org.usagestats.api.UsageStats;
import org.usagestats.spi.ConsentStore;
import org.usagestats.spi.TransportConfig;
import org.usagestats.spi.TransportConfig.Plaintext;
import org.usagestats.spi.TransportProvider;

/**
 * Opens a program's usage statistics.
 *
 * <pre>{@code
 * try (UsageStats stats = UsageStatsClient.builder("cool-program", "0.1")
 *         .dropPoint(URI.create("https://usagestats.example.org/"))
 *         .prompt(Prompt.forCommands("cool-program --enable-stats", "cool-program --disable-stats"))
 *         .open()) {
 *     stats.note("mode", "compatibility");
 *     stats.submit(note("what", "Ran the program"), OPERATING_SYSTEM, JAVA_VERSION, SESSION_TIME);
 * }
 * }</pre>
 *
 * <p>Opening opens no connection and makes no identifier; it reads at most the user's decision and, of a program that
 * delivers {@linkplain Builder#detached() detached}, when the next delivery is due. Two things are begun when opening: an erasure
 * that the user asked for in an earlier run, and that no collector has promised yet; and, if there is consent and the next report
 * will be handed to a detached process, a daemon thread that loads what this takes, and ends.
 *
 * <p>What an earlier run left is delivered with the next report that is due. A program that runs for long does not wait for
 * that: by {@link UsageStats#submitEvery} it says that it does, and has a thread which delivers what was left, some seconds
 * after it started.
 */
public final class UsageStatsClient {

    private UsageStatsClient() {}

    /**
     * Begins to build the usage statistics of a program.
     *
     * @param program the program's name: 1 to 64 characters out of {@code A-Z a-z 0-9 _ . -}, not beginning with a dot
     * @param version the program's version, one line of 1 to 64 characters
     * @return a builder
     * @throws IllegalArgumentException if the name or the version is not of that form
     */
    public static Builder builder(String program, String version) {
        return new Builder(program, version);
    }

    /**
     * Delivers, if that is what this process was started for. A program that may be packaged without a {@code java} command,
     * by {@code jpackage} for instance, begins its {@code main} so; started once more by itself, it then delivers
     * {@linkplain Builder#detached() detached} and does nothing else:
     *
     * <pre>{@code
     * if (UsageStatsClient.delivers(args)) {
     *     return;
     * }
     * }</pre>
     *
     * @param args the arguments of {@code main}
     * @return whether this process was started to deliver; usually it ends before that
     */
    public static boolean delivers(String... args) {
        return Relaunch.delivers(args);
    }

    /** Gathers how a program keeps its usage statistics. Misuse throws here, while building, and never later. */
    public static final class Builder {

        final String program;
        final String version;
        final List<String> flags = new ArrayList<>();
        final List<Flag> allowed = new ArrayList<>();
        final List<Field> fields = new ArrayList<>();
        Duration waitAtClose = Duration.ofSeconds(1);
        Map<String, String> environment = System.getenv();
        String variable;
        boolean identifiesUsers;
        boolean detached;
        boolean inMemory;

        /** How long a flag that does not come with this library may take. */
        long flagPatienceMillis = 250;

        @Nullable
        String consentStoreName;

        @Nullable
        ConsentStore consentStore;

        @Nullable
        TransportProvider transport;

        private @Nullable Prompt prompt;
        private @Nullable UploadSchedule schedule;
        private @Nullable Plugins plugins;
        private boolean allowsPlaintext;
        private @Nullable URI dropPoint;
        private @Nullable Path certificateAuthority;
        private @Nullable Path location;
        private @Nullable String vendor;
        private @Nullable File systemFolder;
        private @Nullable Time time;

        private Builder(String program, String version) {
            this.program = checkedName("program", program);
            this.version = checkedVersion(version);
            this.variable = program.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_') + "_USAGE_STATS";
        }

        /**
         * Sets where reports go. Required.
         *
         * @param url the URL of a collector, used exactly as given; {@code https}, or {@code http} on this machine
         * @return this
         */
        public Builder dropPoint(URI url) {
            if (!url.isAbsolute() || url.getHost() == null) {
                throw new IllegalArgumentException(
                        "a drop point is a URL such as https://usagestats.example.org/, not " + url);
            }
            this.dropPoint = url;
            return this;
        }

        /**
         * Sets how a user who has not decided is told so; without it, not at all.
         *
         * @param prompt the prompt
         * @return this
         */
        public Builder prompt(Prompt prompt) {
            this.prompt = prompt;
            return this;
        }

        /**
         * Gives each user who consents a random identifier, sent with the reports and deleted when consent is withdrawn.
         *
         * @return this
         */
        public Builder uniqueUserId() {
            this.identifiesUsers = true;
            return this;
        }

        /**
         * Delivers from a process of its own that outlives the program, if {@code usagestats-transport-subprocess} is
         * there and a process can be started; otherwise, and without this, on a daemon thread.
         *
         * @return this
         */
        public Builder detached() {
            this.detached = true;
            return this;
        }

        /**
         * Sets when waiting reports are due; without it, at most once an hour.
         *
         * @param schedule the schedule
         * @return this
         */
        public Builder uploads(UploadSchedule schedule) {
            this.schedule = schedule;
            return this;
        }

        /**
         * Sets how long {@link UsageStats#close()} may wait for a delivery that is under way; without it, a second.
         *
         * @param wait the time, not negative
         * @return this
         */
        public Builder waitAtClose(Duration wait) {
            if (wait.isNegative()) {
                throw new IllegalArgumentException("the wait at close is not negative, as " + wait + " is");
            }
            this.waitAtClose = wait;
            return this;
        }

        /**
         * Lets reports travel unencrypted to a collector elsewhere than on this machine.
         *
         * @return this
         */
        public Builder allowPlaintext() {
            this.allowsPlaintext = true;
            return this;
        }

        /**
         * Trusts only the certificates in a file, in place of the JVM's, when talking to the collector.
         *
         * @param pem a PEM file with one or more certificates
         * @return this
         */
        public Builder certificateAuthority(Path pem) {
            this.certificateAuthority = pem;
            return this;
        }

        /**
         * Keeps the spool and the decision in a directory of the program's choice, not the platform's usual place.
         *
         * @param directory a directory for this purpose alone; created when needed, private to the user
         * @return this
         */
        public Builder location(Path directory) {
            this.location = directory;
            return this;
        }

        /**
         * Keeps the spool in memory, for programs that run long and have no home directory, or no disk to write to. This
         * client then writes nothing to a disk and delivers in process, {@link #detached()} or not. About 2 MiB of reports
         * wait at most, the oldest leave first. What waits is gone when the program ends; {@link UsageStats#close()} tries to
         * deliver it within its wait, whatever the schedule. What was sent can be forgotten in the same run only.
         *
         * <p>A decision taken in one run lasts for that run. To keep it the program has a {@link #consentStore(ConsentStore)
         * consent store}, or an administrator's policy says yes. A store that is named is told the usual directory, and a
         * user without a home needs a {@link #location(Path)} for that; what the store writes is up to it.
         *
         * @return this
         */
        public Builder inMemory() {
            this.inMemory = true;
            return this;
        }

        /**
         * Keeps the spool and the decision under the vendor's name, as do the program's other files.
         *
         * @param name a name of the same form as the program's
         * @return this
         */
        public Builder vendor(String name) {
            this.vendor = checkedName("vendor", name);
            return this;
        }

        /**
         * Names the environment variable that switches this program's usage statistics off; without it,
         * {@code <PROGRAM>_USAGE_STATS}.
         *
         * @param name the variable's name
         * @return this
         */
        public Builder environmentVariable(String name) {
            this.variable = checkedName("environment variable", name);
            return this;
        }

        /**
         * Keeps the decision in the store that a plug-in provides under a name.
         *
         * @param name the name of a {@link org.usagestats.spi.ConsentStoreProvider}
         * @return this
         */
        public Builder consentStore(String name) {
            this.consentStoreName = name;
            return this;
        }

        /**
         * Keeps the decision in a store of the program's own.
         *
         * @param store the store; reports are then delivered in process
         * @return this
         */
        public Builder consentStore(ConsentStore store) {
            this.consentStore = store;
            return this;
        }

        /**
         * Delivers through a transport of the program's own.
         *
         * @param provider asked for the transport, whatever its schemes; reports are then delivered in process
         * @return this
         */
        public Builder transport(TransportProvider provider) {
            this.transport = provider;
            return this;
        }

        /**
         * Adds to every report the flag that a plug-in provides under a name.
         *
         * @param name the name of a {@link org.usagestats.spi.FlagProvider}
         * @return this
         */
        public Builder flag(String name) {
            this.flags.add(name);
            return this;
        }

        /**
         * Declares a note, for users to agree to. A program that declares anything has all else withheld: reports then carry
         * what is declared and what the user agreed to, and a field declared by a later version waits for the user's yes to
         * it.
         *
         * @param key the note's key
         * @param purpose what you want to learn from it, as for {@link Field#purpose()}
         * @return this
         * @throws IllegalArgumentException if the key or the purpose is not of its form, if the key is declared already or
         *     is one of the library's own, or if there are more than 128
         */
        public Builder collects(String key, String purpose) {
            fields.add(Declared.checked(new Field(key, purpose), fields));
            return this;
        }

        /**
         * Declares what flags add, for users to agree to, as {@link #collects(String, String)} does notes.
         *
         * @param flags the flags, which bring their purposes
         * @return this
         */
        public Builder collects(Flag... flags) {
            for (Flag flag : flags) {
                String who = flag.identifying() ? "; this can identify you" : "";
                for (String key : flag.keys()) {
                    collects(key, flag.purpose() + who);
                }
            }
            return this;
        }

        /**
         * Allows a flag that can identify a person; without it such a flag adds nothing. With it, it adds nothing before the
         * user's own yes, and nothing where an administrator said yes for everybody.
         *
         * @param flag the flag
         * @return this
         */
        public Builder allowIdentifying(Flag flag) {
            this.allowed.add(flag);
            return this;
        }

        /**
         * Finds plug-ins in a module layer, not where this library was found.
         *
         * @param layer the layer
         * @return this
         */
        public Builder pluginsFrom(ModuleLayer layer) {
            this.plugins = Plugins.from(layer);
            return this;
        }

        /**
         * Finds plug-ins by a class loader, not where this library was found.
         *
         * @param loader the class loader
         * @return this
         */
        public Builder pluginsFrom(ClassLoader loader) {
            this.plugins = Plugins.from(loader);
            return this;
        }

        /**
         * Opens the usage statistics. A directory that cannot be used is no error here: consent is then {@code ERRORED}.
         *
         * @return the usage statistics, to be closed when the program ends
         * @throws IllegalStateException if there is no drop point, or a consent store was named that is not there
         */
        public UsageStats open() {
            requiredDropPoint();
            return new Client(this);
        }

        Builder environment(Map<String, String> environment) {
            this.environment = environment;
            return this;
        }

        /** Waits longer for flags, on machines where a thread may not run for a while. */
        Builder flagPatience(Duration patience) {
            this.flagPatienceMillis = patience.toMillis();
            return this;
        }

        /** Has the administrator's policy looked for elsewhere than where the platform keeps it. */
        Builder systemFolder(File folder) {
            this.systemFolder = folder;
            return this;
        }

        Prompt prompt() {
            return prompt == null ? Prompt.none() : prompt;
        }

        UploadSchedule schedule() {
            return schedule == null ? UploadSchedule.atMostEvery(Duration.ofHours(1)) : schedule;
        }

        /** Whether reports are to be delivered by another process, which has none of this program's own objects. */
        boolean handsOff() {
            return detached && !inMemory && transport == null && consentStore == null;
        }

        /** Has repetitions go by other clocks than the machine's. */
        Builder time(Time time) {
            this.time = time;
            return this;
        }

        Time time() {
            return time == null ? new Time() : time;
        }

        Plugins plugins() {
            return plugins == null ? Plugins.besideCore() : plugins;
        }

        URI requiredDropPoint() {
            if (dropPoint == null) {
                throw new IllegalStateException("there is no drop point: call dropPoint(…) before open()");
            }
            return dropPoint;
        }

        /** Where and how to deliver, once the administrator had a say. */
        TransportSource source(URI recipient) {
            Plaintext plaintext = allowsPlaintext ? Plaintext.ANYWHERE : Plaintext.LOOPBACK;
            TransportConfig config =
                    new TransportConfig(recipient, plaintext, Optional.ofNullable(certificateAuthority));
            return new TransportSource(config, plugins(), transport);
        }

        Declared declared(URI recipient) {
            return new Declared(recipient, fields, identifiesUsers);
        }

        /** Where the program's usage statistics may have left files, on any machine. */
        List<String> places() {
            if (inMemory) {
                return List.of("nothing; reports are kept in memory");
            }
            if (location != null) {
                return List.of("`" + location + "`");
            }
            String owner = vendor == null ? program : vendor + "/" + program;
            return List.of(
                    "Linux: `~/.local/state/" + owner + "/usage-stats`",
                    "macOS: `~/Library/Application Support/" + owner + "/usage-stats`",
                    "Windows: `%LOCALAPPDATA%\\" + owner.replace('/', '\\') + "\\usage-stats`");
        }

        Policy policy() {
            return new Policy(systemFolder == null ? Home.in(environment).system() : systemFolder, program);
        }

        Switches switches(Policy policy) {
            return new Switches(variable, environment, Home.in(environment).configuration(), policy);
        }

        SpoolDirectory directory() {
            return new SpoolDirectory(folder());
        }

        /** Where the user's decision lies in a file of the library's own; null if it is kept elsewhere, or nowhere. */
        @Nullable
        File ownDecision() {
            return consentStore == null && consentStoreName == null && !inMemory ? folder() : null;
        }

        private @Nullable File folder() {
            if (location != null) {
                return location.toAbsolutePath().toFile();
            }
            File state = Home.in(environment).state();
            if (state == null) {
                return null;
            }
            File owner = new File(vendor == null ? state : new File(state, vendor), program);
            return new File(owner, "usage-stats");
        }

        private static String checkedName(String what, String name) {
            if (!Draft.isKey(name) || name.startsWith(".")) {
                throw new IllegalArgumentException("a " + what
                        + " is named by 1 to 64 of the characters A-Z a-z 0-9 _ . -, the first not a dot; not \""
                        + name + "\"");
            }
            return name;
        }

        private static String checkedVersion(String version) {
            if (version.isBlank()
                    || version.length() > 64
                    || version.indexOf('\n') >= 0
                    || version.indexOf('\r') >= 0) {
                throw new IllegalArgumentException(
                        "a version is one line of 1 to 64 characters, not \"" + version + "\"");
            }
            return version;
        }
    }
}
