package org.usagestats.testkit;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.usagestats.api.Note;
import org.usagestats.api.TextFormat;
import org.usagestats.spi.DrainProcess;

/**
 * The drain process of {@link DispatcherContract}: it writes down in the spool what it sees of itself, and lives on until
 * the test lets it end.
 */
final class SeenProcess {

    /** Longer than a test takes: what a failed test leaves behind ends by itself. */
    private static final Duration LIFE = Duration.ofSeconds(60);

    static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private SeenProcess() {}

    /** Describes this process for a dispatcher. */
    static DrainProcess over(Path spool, Map<String, String> environment) {
        List<String> classPath = List.of(location(SeenProcess.class), location(TextFormat.class));
        return new DrainProcess(
                JAVA, classPath, List.of(), Optional.empty(), SeenProcess.class.getName(), spool, environment);
    }

    /** Returns the jar or folder that a class was loaded from. */
    static String location(Class<?> type) {
        try {
            URL location = type.getProtectionDomain().getCodeSource().getLocation();
            return Path.of(location.toURI()).toString();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("not a place in a file system", impossible);
        }
    }

    public static void main(String[] arguments) throws Exception {
        Path spool = Path.of(arguments[arguments.length - 1]);
        write(spool.resolve("seen"), seen(arguments));
        Await.until("the test ends", LIFE, () -> Files.exists(spool.resolve("end")));
        write(spool.resolve("ended"), List.of());
    }

    private static List<Note> seen(String[] arguments) throws IOException {
        List<Note> seen = new ArrayList<>();
        for (String argument : arguments) {
            seen.add(new Note("argument", argument));
        }
        seen.add(new Note("directory", Path.of("").toRealPath().toString()));
        ProcessHandle self = ProcessHandle.current();
        seen.add(new Note("pid", String.valueOf(self.pid())));
        seen.add(new Note(
                "parent", self.parent().map(ProcessHandle::pid).orElse(0L).toString()));
        seen.add(new Note("input", String.valueOf(System.in.read())));
        for (Map.Entry<String, String> variable : System.getenv().entrySet()) {
            seen.add(new Note("environment", variable.getKey() + "=" + variable.getValue()));
        }
        return seen;
    }

    private static void write(Path file, List<Note> notes) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
        Files.write(unfinished, TextFormat.encode(notes));
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
