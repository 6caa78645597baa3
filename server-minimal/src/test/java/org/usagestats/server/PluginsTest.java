package org.usagestats.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.usagestats.sink.Durability;
import org.usagestats.sink.SinkConfig;

/** Finding sinks by name, in real jars: on the class path, and in a module layer with and without a descriptor. */
class PluginsTest {

    private static final String REPORT = "date:12.5\n";

    @TempDir
    private Path directory;

    @Test
    void a_jar_with_a_module_descriptor_answers_to_its_name() throws IOException {
        Path plugins = folderOf(new SinkJar(directory, "modular", "mine").withDescriptor());

        assertStores(Collector.builder().pluginsFrom(PluginFolder.layer(plugins)));
    }

    @Test
    void a_jar_without_a_module_descriptor_answers_to_its_name() throws IOException {
        Path plugins = folderOf(new SinkJar(directory, "plain", "mine").withoutDescriptor());

        assertStores(Collector.builder().pluginsFrom(PluginFolder.layer(plugins)));
    }

    @Test
    void a_jar_on_a_class_path_answers_to_its_name() throws IOException {
        try (URLClassLoader loader = loader(new SinkJar(directory, "plain", "mine").withoutDescriptor())) {
            assertStores(Collector.builder().pluginsFrom(loader));
        }
    }

    @Test
    void a_sink_that_is_found_twice_is_one() throws IOException {
        try (URLClassLoader loader = loader(new SinkJar(directory, "plain", "mine").withoutDescriptor())) {
            assertStores(Collector.builder().pluginsFrom(loader).pluginsFrom(loader));
        }
    }

    @Test
    void a_folder_without_jars_adds_nothing() throws IOException {
        Path plugins = folderOf();
        Files.writeString(plugins.resolve("README.txt"), "hello");

        assertRefused(
                Collector.builder().pluginsFrom(PluginFolder.layer(plugins)),
                "there is no sink \"mine\", add org.usagestats:usagestats-sink-mine or the jar that has it");
    }

    @Test
    void a_jar_that_the_collector_has_already_is_not_loaded_again() throws IOException {
        Path api = Path.of(ModuleLayer.boot()
                .configuration()
                .findModule("tools.jackson.core")
                .orElseThrow()
                .reference()
                .location()
                .orElseThrow());
        Path plugins = folderOf(api, new SinkJar(directory, "plain", "mine").withoutDescriptor());

        assertThat(PluginFolder.layer(plugins).modules())
                .extracting(Module::getName)
                .containsExactly("plain");
    }

    @Test
    void jars_that_do_not_go_together_are_named_in_one_line() throws IOException {
        Path plugins = folderOf(
                new SinkJar(directory, "a", "mine").withDescriptor(),
                new SinkJar(directory, "b", "mine").withDescriptor());
        Files.copy(plugins.resolve("a.jar"), plugins.resolve("copy-of-a.jar"));
        Files.writeString(plugins.resolve("broken.jar"), "not a jar");

        assertThatThrownBy(() -> PluginFolder.layer(plugins))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the jars in " + plugins + " cannot be loaded: ");
    }

    @Test
    void two_sinks_of_one_name_are_refused_by_their_classes() throws IOException {
        Path plugins = folderOf(
                new SinkJar(directory, "first", "mine").withDescriptor(),
                new SinkJar(directory, "second", "mine").withoutDescriptor());

        assertRefused(
                Collector.builder().pluginsFrom(PluginFolder.layer(plugins)),
                "there is more than one sink \"mine\", remove all but one of first.Provider and second.Provider");
    }

    @Test
    void a_sink_that_cannot_be_created_is_passed_over_and_named() throws IOException {
        Path broken = new SinkJar(directory, "broken", "mine")
                .constructed("if (true) throw new IllegalStateException(\"no luck\");")
                .withoutDescriptor();
        assertThatThrownBy(() -> start(Collector.builder().pluginsFrom(PluginFolder.layer(folderOf(broken)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no sink \"mine\"")
                .hasMessageContaining("broken.Provider")
                .hasMessageContaining("no luck");

        Path good = new SinkJar(directory, "plain", "mine").withoutDescriptor();
        assertStores(Collector.builder().pluginsFrom(PluginFolder.layer(folderOf(broken, good))));
    }

    @Test
    void a_sink_whose_class_is_missing_is_passed_over_and_named() throws IOException {
        Path services = directory.resolve("loose/META-INF/services/org.usagestats.sink.SinkProvider");
        Files.createDirectories(services.getParent());
        Files.writeString(services, "gone.Provider\nalso.gone.Provider\n");
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.resolve("loose").toUri().toURL()})) {
            assertThatThrownBy(() -> start(Collector.builder().pluginsFrom(loader)))
                    .hasMessageContaining("gone.Provider not found")
                    .hasMessageContaining("also.gone.Provider not found");
        }
    }

    @Test
    void a_sink_that_breaks_on_opening_is_named() throws IOException {
        Path jar = new SinkJar(directory, "breaking", "mine")
                .opened("if (true) throw new NoClassDefFoundError(\"org/postgresql/Driver\");")
                .withoutDescriptor();

        assertThatThrownBy(() -> start(Collector.builder().pluginsFrom(PluginFolder.layer(folderOf(jar)))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the sink breaking.Provider cannot be opened")
                .hasMessageContaining("org/postgresql/Driver");
    }

    @Test
    void what_a_sink_says_about_its_configuration_is_passed_on() throws IOException {
        Path jar = new SinkJar(directory, "choosy", "mine")
                .opened("config.requireOptionsAmong(java.util.Set.of(\"colour\"));")
                .withoutDescriptor();
        SinkConfig config = new SinkConfig("x", Durability.ALWAYS, "collector", Map.of("color", "red"));

        assertThatThrownBy(() -> Collector.builder()
                        .pluginsFrom(PluginFolder.layer(folderOf(jar)))
                        .sink("mine", config)
                        .start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the sink has no option color; it has colour");
    }

    @Test
    void a_collector_without_a_sink_does_not_start() {
        assertThatThrownBy(() -> Collector.builder().start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a collector needs a sink");
    }

    private void assertStores(Collector.Builder builder) throws IOException {
        try (Collector collector = start(builder)) {
            assertThat(Reply.to(collector.address(), Requests.pythonRequests(REPORT))
                            .body())
                    .isEqualTo("stored");
        }
        assertThat(directory.resolve("kept")).hasContent(REPORT);
    }

    private void assertRefused(Collector.Builder builder, String words) {
        assertThatThrownBy(() -> start(builder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    private Collector start(Collector.Builder builder) throws IOException {
        String location = directory.resolve("kept").toString();
        return builder.sink("mine", new SinkConfig(location, Durability.ALWAYS, "collector", Map.of()))
                .start();
    }

    private Path folderOf(Path... jars) throws IOException {
        Path plugins = Files.createTempDirectory(directory, "plugins");
        for (Path jar : jars) {
            Files.copy(jar, plugins.resolve(jar.getFileName()));
        }
        return plugins;
    }

    private static URLClassLoader loader(Path jar) throws IOException {
        return new URLClassLoader(new URL[] {jar.toUri().toURL()});
    }
}
