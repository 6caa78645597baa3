package org.usagestats.sink.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.sink.Durability;
import org.usagestats.sink.ReportSink;
import org.usagestats.sink.SinkConfig;
import org.usagestats.sink.SinkProvider;

class JsonlSinkProviderTest {

    @TempDir
    Path directory;

    private final JsonlSinkProvider provider = new JsonlSinkProvider();

    @Test
    void itIsFoundOnTheClassPathAsOnTheModulePath() throws IOException {
        ModuleDescriptor module;
        try (InputStream descriptor = Files.newInputStream(Path.of("target", "classes", "module-info.class"))) {
            module = ModuleDescriptor.read(descriptor);
        }
        String service = SinkProvider.class.getName();
        List<String> declared = Files.readAllLines(
                Path.of("target", "classes", "META-INF", "services", service), StandardCharsets.UTF_8);

        assertThat(module.provides()).singleElement().satisfies(provides -> {
            assertThat(provides.service()).isEqualTo(service);
            assertThat(provides.providers()).isEqualTo(declared).containsExactly(JsonlSinkProvider.class.getName());
        });
        assertThat(module.exports()).isEmpty();
        assertThat(provider.name()).isEqualTo("jsonl");
    }

    @Test
    void anAbsentDirectoryIsCreated() throws IOException {
        Path root = directory.resolve("a").resolve("b");
        try (ReportSink sink = provider.open(config(root.toString(), Map.of()))) {
            sink.append(List.of(Sample.report(1)));
        }
        assertThat(root.resolve(Sample.DAY).resolve("web1-000001.jsonl")).isNotEmptyFile();
    }

    @Test
    void aDirectoryInUseIsRefusedByItsNameAndThatOfTheInstance() throws IOException {
        try (ReportSink first = provider.open(config(directory.toString(), Map.of()))) {
            assertThatThrownBy(() -> provider.open(config(directory.toString(), Map.of())))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("cannot open " + directory + ": the instance \"web1\"")
                    .hasMessageNotContaining("\n");
            first.append(List.of(Sample.report(1)));
        }
    }

    @Test
    void aLocationThatIsNoDirectoryIsRefused() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> provider.open(config(file.toString(), Map.of())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining("\n");
        for (String location : new String[] {"", " ", "a\0b"}) {
            assertThatThrownBy(() -> provider.open(config(location, Map.of())))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("needs a directory");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "4097", "64MiB", "", "99999999999"})
    void aSegmentSizeThatCannotBeIsRefused(String size) {
        assertThatThrownBy(() -> provider.open(config(directory.toString(), Map.of("segment-size", size))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the option segment-size is a number of mebibytes from 1 to 4096, not \"" + size + "\"");
    }

    @Test
    void theSegmentSizeIsInMebibytes() {
        assertThat(Settings.of(config("x", Map.of())).segmentBytes()).isEqualTo(64L << 20);
        assertThat(Settings.of(config("x", Map.of("segment-size", "4096"))).segmentBytes())
                .isEqualTo(4L << 30);
    }

    @Test
    void reportsAreKeptForEverUnlessTheOperatorSaysForHowLong() {
        assertThat(Settings.of(config("x", Map.of())).keep()).isEqualTo(Keep.FOR_EVER);
        assertThat(Settings.of(config("x", Map.of("keep", "25months"))).keep()).isEqualTo(Keep.of("25months"));
        assertThatThrownBy(() -> provider.open(config(directory.toString(), Map.of("keep", "7days"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 31days");
    }

    @Test
    void whatIsClosedStaysAsItIsUnlessTheOperatorWantsItCompressed() {
        assertThat(Settings.of(config("x", Map.of())).form()).isEqualTo(Form.PLAIN);
        assertThat(Settings.of(config("x", Map.of("compress", "none"))).form()).isEqualTo(Form.PLAIN);
        assertThat(Settings.of(config("x", Map.of("compress", "gzip"))).form()).isEqualTo(Form.GZIP);
        assertThatThrownBy(() -> provider.open(config(directory.toString(), Map.of("compress", "zip"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the option compress is none or gzip, not \"zip\"");
    }

    @Test
    void anUnknownOptionIsRefused() {
        assertThatThrownBy(() -> provider.open(config(directory.toString(), Map.of("segment", "1"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("segment-size");
    }

    private static SinkConfig config(String location, Map<String, String> options) {
        return new SinkConfig(location, Durability.ALWAYS, "web1", options);
    }
}
