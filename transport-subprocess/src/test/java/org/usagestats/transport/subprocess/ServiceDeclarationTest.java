package org.usagestats.transport.subprocess;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.usagestats.spi.DispatcherProvider;

class ServiceDeclarationTest {

    private static final String SERVICE = DispatcherProvider.class.getName();

    @Test
    void isTheSameForTheModulePathAndTheClassPath() throws IOException {
        ModuleDescriptor module;
        try (InputStream in = DetachedDispatcherProvider.class.getResourceAsStream("/module-info.class")) {
            module = ModuleDescriptor.read(in);
        }
        List<String> classPath;
        try (InputStream in = DetachedDispatcherProvider.class.getResourceAsStream("/META-INF/services/" + SERVICE)) {
            classPath = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }

        assertThat(module.provides()).hasSize(1).allSatisfy(provides -> {
            assertThat(provides.service()).isEqualTo(SERVICE);
            assertThat(provides.providers())
                    .isEqualTo(classPath)
                    .containsExactly(DetachedDispatcherProvider.class.getName());
        });
    }
}
