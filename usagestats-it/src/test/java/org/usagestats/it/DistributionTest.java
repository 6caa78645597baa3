package org.usagestats.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The collector as it is handed to operators. */
class DistributionTest {

    private static final Pattern ASSIGNMENT = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|([^\\s\"]+))");

    @TempDir
    private Path directory;

    @Test
    void theZipHoldsTheDistributionAsItIsAndNothingOfTheDayOfItsMaking() throws Exception {
        Path zip = zip();
        Set<FileTime> times = new HashSet<>();
        try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", "true"))) {
            Path top = only(files.getPath("/"));
            assertThat(zip).hasFileName(top.getFileName() + ".zip");
            assertThat(contents(top)).isEqualTo(contents(Built.SERVER_DIST));
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(top.resolve("bin/usagestats-server"))))
                    .isEqualTo("rwxr-xr-x");
            try (Stream<Path> all = Files.walk(top)) {
                for (Path file : all.toList()) {
                    times.add(Files.getLastModifiedTime(file));
                }
            }
        }
        assertThat(times).hasSize(1);
    }

    @Test
    void whatIsUnpackedRuns() throws Exception {
        assumeTrue(Command.of("sh", "-c", "command -v unzip").run().status() == 0, "unzip is not installed");
        assertThat(Command.of("unzip", "-q", zip().toString(), "-d", directory.toString())
                        .run()
                        .status())
                .isZero();
        Path home = only(directory);

        Command.Ended version = Command.of(home.resolve("bin/usagestats-server").toString(), "--version")
                .run();
        assertThat(version.out()).isEqualTo("usagestats-server 0.1.0-SNAPSHOT\n");
        Command.Ended example = Command.of(
                        home.resolve("bin/usagestats-server").toString(),
                        "serve",
                        "--config",
                        home.resolve("conf/collector.conf").toString(),
                        "--print-config")
                .run();
        assertThat(example.status()).as(example.err()).isZero();
        assertThat(example.out()).contains("\nsink = jsonl:reports\n", "\nlisten = 127.0.0.1:8080\n");
    }

    @Test
    void whatTheContainerCopiesIsThereAndWhatItSetsIsUnderstood() throws Exception {
        String file = Files.readString(Built.SERVER_DIST.resolve("Containerfile"));
        List<String> copied = new ArrayList<>();
        Map<String, String> variables = new LinkedHashMap<>();
        for (String instruction : file.replace("\\\n", " ").lines().toList()) {
            if (instruction.startsWith("COPY ")) {
                String[] words = instruction.split("\\s+");
                assertThat(words).hasSize(3);
                assertThat(words[2]).isEqualTo("/opt/usagestats/" + words[1]);
                copied.add(words[1]);
            } else if (instruction.startsWith("ENV ")) {
                Matcher assignment = ASSIGNMENT.matcher(instruction);
                while (assignment.find()) {
                    variables.put(
                            assignment.group(1),
                            assignment.group(2) == null ? assignment.group(3) : assignment.group(2));
                }
            }
        }
        assertThat(copied).containsExactly("lib", "bin", "plugins");
        assertThat(copied)
                .allSatisfy(path -> assertThat(Built.SERVER_DIST.resolve(path)).isDirectory());
        assertThat(file).contains("ENTRYPOINT [\"/opt/usagestats/bin/usagestats-server\"]\nCMD [\"serve\"]\n");

        assertThat(variables).containsKey("USAGESTATS_SINK");
        Command command =
                Command.of(Built.SERVER_DIST.resolve("bin/usagestats-server").toString(), "serve", "--print-config");
        variables.forEach(command::with);
        Command.Ended ended = command.run();
        assertThat(ended.status()).as(ended.err()).isZero();
        assertThat(ended.out())
                .contains("\nsink = jsonl:/var/lib/usagestats/reports\n", "\nlisten = 0.0.0.0:8080\n")
                .contains("\nbehind-proxy = true\n");
    }

    /** Without a word about reading it would be open to nobody knows whom: that must not start. */
    @Test
    void theContainerStartsOnlyWithTokensOrWithoutReaders() throws Exception {
        Command.Ended ended = Command.of(
                        Built.SERVER_DIST.resolve("bin/usagestats-server").toString(), "serve")
                .with("USAGESTATS_SINK", "jsonl:" + directory.resolve("reports"))
                .with("USAGESTATS_LISTEN", "0.0.0.0:0")
                .with("USAGESTATS_BEHIND_PROXY", "true")
                .run();
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err().lines()).singleElement().asString().contains("token", "--no-queries");
    }

    private static Path zip() throws IOException {
        try (Stream<Path> files = Files.list(Built.ROOT.resolve("server-minimal/target"))) {
            return files.filter(file -> file.toString().endsWith(".zip"))
                    .reduce((one, other) -> {
                        throw new AssertionError("two zips: " + one + ", " + other);
                    })
                    .orElseThrow();
        }
    }

    private static Path only(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    private static Map<String, Integer> contents(Path directory) throws IOException {
        Map<String, Integer> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(directory.relativize(file).toString(), Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return contents;
    }
}
