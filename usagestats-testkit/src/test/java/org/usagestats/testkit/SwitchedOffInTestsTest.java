package org.usagestats.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In JVMs of their own, which are on the class path as most tests are. */
class SwitchedOffInTestsTest {

    private static final String SERVICE = "META-INF/services/org.junit.platform.launcher.LauncherSessionListener";

    @TempDir
    Path resources;

    @Test
    void testsThatNameItRunSwitchedOff() throws Exception {
        nameIt();

        assertThat(propertyInASession()).isEqualTo("true");
    }

    @Test
    void aValueThatSomebodySetStays() throws Exception {
        nameIt();

        assertThat(propertyInASession("-Dusagestats.disabled=false")).isEqualTo("false");
    }

    @Test
    void merelyBeingOnThePathItDoesNothing() throws Exception {
        assertThat(propertyInASession()).isEqualTo("null");
    }

    private void nameIt() throws Exception {
        Path service = resources.resolve(SERVICE);
        Files.createDirectories(service.getParent());
        Files.writeString(service, SwitchedOffInTests.class.getName());
    }

    private String propertyInASession(String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of(SeenProcess.JAVA.toString()));
        words.addAll(List.of(options));
        words.addAll(List.of("-cp", classPath(), SessionMain.class.getName()));
        Process process = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return printed;
    }

    /** All that these tests run with, and the resources that name the listener or do not. */
    private String classPath() {
        return String.join(
                File.pathSeparator,
                resources.toString(),
                SeenProcess.location(SwitchedOffInTests.class),
                Path.of("target", "test-classes").toAbsolutePath().toString(),
                System.getProperty("jdk.module.path", ""),
                System.getProperty("java.class.path"));
    }
}
