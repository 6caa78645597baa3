package org.usagestats.sink.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.sink.Durability;
import org.usagestats.sink.SinkConfig;
import org.usagestats.sink.SinkProvider;

class FilesSinkProviderTest {

    @Test
    void moduleAndClassPathFindTheSameProvider() throws Exception {
        List<String> onTheModulePath;
        try (InputStream descriptor = resource("/module-info.class")) {
            onTheModulePath = ModuleDescriptor.read(descriptor).provides().stream()
                    .filter(provides -> provides.service().equals(SinkProvider.class.getName()))
                    .flatMap(provides -> provides.providers().stream())
                    .toList();
        }
        try (InputStream services = resource("/META-INF/services/" + SinkProvider.class.getName())) {
            assertThat(new String(services.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .containsExactlyElementsOf(onTheModulePath)
                    .containsExactly(FilesSinkProvider.class.getName());
        }
        assertThat(new FilesSinkProvider().name()).isEqualTo("files");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\0b"})
    void locationThatIsNoDirectorysNameIsRefused(String location) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new FilesSinkProvider().open(new SinkConfig(location, Durability.OS, "default", Map.of())))
                .withMessageContaining("the files sink needs a directory");
    }

    private static InputStream resource(String name) {
        return FilesSinkProvider.class.getResourceAsStream(name);
    }
}
