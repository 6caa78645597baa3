package org.usagestats.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.testkit.LoopbackCollector;

/** A program on a system that grants no further thread or process goes on, and its report waits. */
@EnabledOnOs(OS.LINUX)
class CrowdedSystemTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"in-process", "detached"})
    void theReportWaitsAndTheProgramGoesOn(String dispatch) throws Exception {
        assumeTrue(
                System.getProperty("user.name").equals("root"),
                "only root becomes another user, who runs nothing else");
        List<String> nobody = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        List<String> command = new ArrayList<>(nobody);
        command.addAll(List.of("prlimit", "--nproc=60", Built.java(), "-Xlog:disable", "-XX:+UseSerialGC", "-cp"));
        command.addAll(List.of(readableClassPath(), CrowdedMain.class.getName()));
        try (LoopbackCollector collector = LoopbackCollector.open()) {
            command.addAll(List.of(
                    directory.resolve("stats").toString(), collector.dropPoint().toString(), dispatch));

            assertThat(Command.of(command.toArray(String[]::new)).run())
                    .isEqualTo(new Command.Ended(0, "SPOOLED\nclosed\n", ""));
        }
    }

    /** Copies the client and the program of this test to where every user can read them. */
    private String readableClassPath() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        StringBuilder path = new StringBuilder(directory.toString());
        for (String module : List.of("usagestats-api", "usagestats-core", "transport-http", "transport-subprocess")) {
            path.append(':').append(Files.copy(Built.jar(module), directory.resolve(module + ".jar")));
        }
        String main = CrowdedMain.class.getName().replace('.', '/') + ".class";
        Files.createDirectories(directory.resolve(main).getParent());
        Files.copy(Built.testClasses().resolve(main), directory.resolve(main));
        return path.toString();
    }
}
