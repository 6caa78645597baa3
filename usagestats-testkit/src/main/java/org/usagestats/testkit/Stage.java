package org.usagestats.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a program runs in one state: a home, a working directory, a location and an environment made for this run, and
 * deleted after it.
 */
final class Stage implements AutoCloseable {

    /** All that a program gets of this process's environment. */
    private static final List<String> KEPT =
            List.of("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "TEMP", "TMP", "SystemRoot");

    private static final Set<String> STREAMS = Set.of("in", "out", "err");

    private static final List<String> CONFIGURATIONS =
            List.of(".config", "Library/Application Support", "AppData/Roaming");

    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

    /** What a spool holds while nobody decided: reports, when the prompt was shown, how many reports were dropped. */
    private static final Pattern SPOOL_FILE = Pattern.compile("report_\\S+\\.txt|\\.tmp-.+|prompted|dropped");

    private static final boolean ROOT = System.getProperty("user.name").equals("root");

    final Path directory;
    final Path home;
    final Path work;

    private final CheckedProgram program;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private List<String> user = List.of();

    /** A program that keeps nothing where it is looked for. */
    static final class UnknownLocation extends IOException {

        private static final long serialVersionUID = 1;

        UnknownLocation() {
            super(
                    "it keeps nothing in a folder usage-stats of the user's home; name the variable that sets its location");
        }
    }

    private Stage(CheckedProgram program) throws IOException {
        this.program = program;
        this.directory = Files.createTempDirectory("usagestats-leak").toRealPath();
        this.home = Files.createDirectory(directory.resolve("home"));
        this.work = Files.createDirectory(directory.resolve("work"));
        for (String name : KEPT) {
            String value = System.getenv(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("HOME", home.toString());
        setUserHome(home.toString());
        environment.putAll(program.environment);
        if (!program.locationVariable.isEmpty()) {
            environment.put(program.locationVariable, directory.resolve("stats").toString());
        }
    }

    /** Why a state cannot be brought about here. */
    static Optional<String> obstacle(CheckedProgram program, CheckedState state) {
        return Optional.ofNullable(
                switch (state) {
                    case DISABLED -> program.disabling.isEmpty() ? "how to disable it is not known" : null;
                    case OVERRULED_CONSENT -> program.enabling.isEmpty() ? "how to enable it is not known" : null;
                    case OWN_VARIABLE -> program.offVariable.isEmpty() ? "its own variable is not known" : null;
                    case READ_ONLY_HOME ->
                        ROOT && !isInstalled("setpriv") ? "root needs setpriv to run it as another user" : null;
                    case FOREIGN_LOCATION ->
                        !ROOT || !isInstalled("setpriv") ? "only root, with setpriv, can run it as another user" : null;
                    default -> null;
                });
    }

    static boolean isInstalled(String command) {
        String path = System.getenv("PATH");
        return path != null
                && Stream.of(path.split(File.pathSeparator, -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }

    static Stage of(CheckedProgram program, CheckedState state) throws IOException, InterruptedException {
        Stage stage = new Stage(program);
        try {
            stage.prepare(state);
            return stage;
        } catch (IOException | InterruptedException | RuntimeException failed) {
            stage.close();
            throw failed;
        }
    }

    private void prepare(CheckedState state) throws IOException, InterruptedException {
        switch (state) {
            case NO_DECISION -> {}
            case CONTINUOUS_INTEGRATION -> environment.put("CI", "true");
            case DISABLED -> decide(program.disabling);
            case DO_NOT_TRACK -> environment.put("DO_NOT_TRACK", "1");
            case OVERRULED_CONSENT -> {
                decide(program.enabling);
                environment.put("DO_NOT_TRACK", "1");
            }
            case OWN_VARIABLE -> environment.put(program.offVariable, "off");
            case SYSTEM_PROPERTY -> addJavaOption("-Dusagestats.disabled=true");
            case OFF_FILE -> switchOffForAll();
            case READ_ONLY_HOME -> {
                environment.remove(program.locationVariable);
                becomeNobody();
                permit(home, "r-xr-xr-x");
            }
            case NO_HOME -> {
                environment.remove(program.locationVariable);
                environment.remove("HOME");
                setUserHome("?");
            }
            case LINKED_LOCATION -> {
                Path location = filledLocation();
                Files.createSymbolicLink(location, Files.move(location, directory.resolve("elsewhere")));
            }
            case FOREIGN_LOCATION -> {
                permit(filledLocation(), "rwxr-xr-x");
                becomeNobody();
            }
        }
    }

    /** What starts the program, after the words of whoever watches it. */
    ProcessBuilder start(List<String> watcher, List<String> arguments) {
        List<String> words = new ArrayList<>(watcher);
        words.addAll(user);
        words.addAll(program.command);
        words.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(words).directory(work.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.redirectInput(ProcessBuilder.Redirect.from(nothing()))
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile());
    }

    /** What it printed on {@code out} or {@code err}, with one name for every stage. */
    String printed(String stream) throws IOException {
        return new String(Files.readAllBytes(directory.resolve(stream)), StandardCharsets.UTF_8)
                .replace(directory.toString(), "STAGE");
    }

    /** A path as it is told to people, without the name of the stage. */
    String shown(Path path) {
        return path.startsWith(directory) ? directory.relativize(path).toString() : path.toString();
    }

    /** All that the program could see of the stage; what holds its output is not part of that. */
    List<Path> files() throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(path -> !path.equals(directory) && !STREAMS.contains(shown(path)))
                    .toList();
        }
    }

    /** Whether the program may write a path: a file of its own, or one of a spool while nobody decided. */
    boolean mayWrite(Path path, CheckedState state) throws IOException {
        for (Path own : program.ownFiles) {
            if (path.startsWith(work.resolve(own)) || path.startsWith(home.resolve(own))) {
                return true;
            }
        }
        Optional<Path> location = state.mayKeepReports() ? location() : Optional.empty();
        return location.isPresent() && isOfSpool(path, location.get());
    }

    private static boolean isOfSpool(Path path, Path location) {
        if (location.equals(path.getParent())) {
            return SPOOL_FILE.matcher(path.getFileName().toString()).matches();
        }
        return location.startsWith(path);
    }

    @Override
    public void close() throws IOException {
        if (!ROOT) {
            permit(home, "rwxr-xr-x");
        }
        List<Path> all;
        try (Stream<Path> paths = Files.walk(directory)) {
            all = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }

    /** The location, made by a run of the program in which the user says yes. */
    private Path filledLocation() throws IOException, InterruptedException {
        decide(program.enabling.isEmpty() ? program.arguments : program.enabling);
        return location().orElseThrow(UnknownLocation::new);
    }

    private Optional<Path> location() throws IOException {
        String name = program.locationVariable.isEmpty() ? "usage-stats" : "stats";
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(path -> path.endsWith(name)).findFirst();
        }
    }

    private void switchOffForAll() throws IOException {
        for (String configuration : CONFIGURATIONS) {
            Path folder = Files.createDirectories(home.resolve(configuration).resolve("usage-stats"));
            Files.createFile(folder.resolve("off"));
        }
    }

    private void decide(List<String> arguments) throws IOException, InterruptedException {
        Process process = start(List.of(), arguments).start();
        if (!process.waitFor(program.limit.toMillis(), TimeUnit.MILLISECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IllegalStateException("the program did not end when started with " + arguments);
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException("the program ended with " + process.exitValue() + " when started with "
                    + arguments + ": " + Files.readString(directory.resolve("err")));
        }
    }

    private void becomeNobody() throws IOException {
        if (ROOT) {
            permit(directory, "rwxr-xr-x");
            permit(home, "rwxrwxrwx");
            permit(work, "rwxrwxrwx");
            user = AS_NOBODY;
        }
    }

    private void setUserHome(String path) {
        environment.remove("JAVA_TOOL_OPTIONS");
        addJavaOption("-Duser.home='" + path + "'");
    }

    private void addJavaOption(String option) {
        environment.merge("JAVA_TOOL_OPTIONS", option, (before, added) -> before + " " + added);
    }

    private static void permit(Path path, String permissions) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }

    private File nothing() {
        try {
            return Files.write(directory.resolve("in"), new byte[0]).toFile();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
