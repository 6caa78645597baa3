package org.usagestats.server;

import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolutionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Loads the jars of a directory into a module layer of their own, with or without a module descriptor. */
final class PluginFolder {

    private PluginFolder() {}

    /**
     * Makes a layer on top of the program's; a module that is there already is not loaded again.
     *
     * @throws IOException if the jars do not go together, in one line that says why
     */
    static ModuleLayer layer(Path directory) throws IOException {
        ModuleLayer program = ModuleLayer.boot();
        ModuleFinder jars = ModuleFinder.of(jars(directory));
        try {
            Configuration configuration = program.configuration().resolveAndBind(ModuleFinder.of(), jars, names(jars));
            return program.defineModulesWithOneLoader(configuration, PluginFolder.class.getClassLoader());
        } catch (FindException | ResolutionException | LayerInstantiationException unfit) {
            throw new IOException("the jars in " + directory + " cannot be loaded: " + unfit.getMessage(), unfit);
        }
    }

    private static Path[] jars(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toArray(Path[]::new);
        }
    }

    private static Set<String> names(ModuleFinder jars) {
        return jars.findAll().stream().map(module -> module.descriptor().name()).collect(Collectors.toSet());
    }
}
