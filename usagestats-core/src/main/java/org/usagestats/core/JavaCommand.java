package org.usagestats.core;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.usagestats.api.Note;
import org.usagestats.spi.DrainProcess;

/**
 * Finds out how to run {@link DrainMain} in a Java process of its own, out of the code that this process runs: the class
 * path, the module path, a run-time image, a jar of jars, or the program's own executable.
 */
final class JavaCommand {

    /** What of the environment a drain needs: the user's folders, the way to the network, and the off switches. */
    private static final String[] PASSED_ON = {
        "PATH",
        "HOME",
        "USERPROFILE",
        "LOCALAPPDATA",
        "APPDATA",
        "ProgramData",
        "SystemRoot",
        "TEMP",
        "TMPDIR",
        "LANG",
        "LC_ALL",
        "LC_CTYPE",
        "TZ",
        "XDG_STATE_HOME",
        "XDG_CONFIG_HOME",
        "LD_LIBRARY_PATH",
        "http_proxy",
        "https_proxy",
        "no_proxy",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "NO_PROXY",
        "DO_NOT_TRACK"
    };

    /** What reads a program that is one jar with its libraries' jars in it: Spring Boot's loader since 3.2, and before. */
    private static final String[] LOADERS_OF_JARS = {
        "org.springframework.boot.loader.launch.PropertiesLauncher",
        "org.springframework.boot.loader.PropertiesLauncher"
    };

    private final Class<?> provider;

    /** Prepares to run the code of this module together with that of a transport's provider. */
    JavaCommand(Class<?> provider) {
        this.provider = provider;
    }

    /** Describes the process that drains the spool of a directory, or returns null where this program cannot start one. */
    @Nullable
    DrainProcess drainOf(Path directory, Map<String, String> environment) {
        if (isInit()) {
            return null;
        }
        File java = java();
        return java == null ? Relaunch.drainOf(directory, environment) : drainBy(java.toPath(), directory, environment);
    }

    private @Nullable DrainProcess drainBy(Path java, Path directory, Map<String, String> environment) {
        Module module = DrainMain.class.getModule();
        List<String> modulePath = module.isNamed() ? path("jdk.module.path") : List.of();
        List<String> classPath =
                module.isNamed() && provider.getModule().isNamed() ? List.of() : path("java.class.path");
        if (modulePath != null && classPath != null) {
            return new DrainProcess(
                    java,
                    classPath,
                    modulePath,
                    Optional.ofNullable(module.getName()),
                    DrainMain.class.getName(),
                    directory,
                    environment);
        }
        return module.isNamed() ? null : drainOfJarOfJars(java, directory, environment);
    }

    /** Only the loader that such a jar brings can read it; it takes the main class from the environment. */
    private static @Nullable DrainProcess drainOfJarOfJars(Path java, Path directory, Map<String, String> environment) {
        for (String loader : LOADERS_OF_JARS) {
            if (ClassLoader.getSystemResource(loader.replace('.', '/') + ".class") != null) {
                Map<String, String> told = new TreeMap<>(environment);
                told.put("LOADER_MAIN", DrainMain.class.getName());
                List<String> jar = entries(System.getProperty("java.class.path", ""));
                return new DrainProcess(java, jar, List.of(), Optional.empty(), loader, directory, told);
            }
        }
        return null;
    }

    /** The part of an environment that the process gets, with the program's own off switch. */
    static Map<String, String> passedOn(Map<String, String> environment, String variable) {
        Map<String, String> passed = new TreeMap<>();
        for (String name : PASSED_ON) {
            pass(name, environment, passed);
        }
        pass(variable, environment, passed);
        return passed;
    }

    private static void pass(String name, Map<String, String> from, Map<String, String> to) {
        String value = from.get(name);
        if (value != null) {
            to.put(name, ProxyVariable.isOne(name) ? ProxyVariable.withoutLogin(value) : value);
        }
    }

    private static @Nullable File java() {
        File bin = new File(System.getProperty("java.home", ""), "bin");
        File java = new File(bin, File.separatorChar == '\\' ? "java.exe" : "java");
        return java.canExecute() ? java : null;
    }

    /** Whether this is the first process of a container, which ends with everything it started. */
    private static boolean isInit() {
        try {
            return new File("/proc/self").getCanonicalFile().getName().equals("1");
        } catch (IOException notLinux) {
            return false;
        }
    }

    /**
     * The path in a system property, if the code comes from there or from the run-time image; otherwise the places of the
     * code alone, or null if some is not a file that a path can name.
     */
    private @Nullable List<String> path(String property) {
        List<String> whole = entries(System.getProperty(property, ""));
        List<String> places = new ArrayList<>();
        boolean covered = true;
        for (Class<?> type : new Class<?>[] {DrainMain.class, Note.class, provider}) {
            URI place = place(type);
            if (place == null || !isNamedByPaths(place)) {
                return null;
            }
            if (place.getScheme().equals("file")) {
                File file = new File(place).getAbsoluteFile();
                places.add(file.getPath());
                covered &= whole.contains(file.getPath()) || whole.contains(file.getParent());
            }
        }
        return covered ? whole : places;
    }

    private static boolean isNamedByPaths(URI place) {
        return "jrt".equals(place.getScheme())
                || ("file".equals(place.getScheme())
                        && new File(place).getPath().indexOf(File.pathSeparatorChar) < 0);
    }

    private static @Nullable URI place(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        try {
            return source == null || source.getLocation() == null
                    ? null
                    : source.getLocation().toURI();
        } catch (URISyntaxException unusual) {
            return null;
        }
    }

    private static List<String> entries(String path) {
        List<String> entries = new ArrayList<>();
        int start = 0;
        for (int end = path.indexOf(File.pathSeparatorChar);
                end >= 0;
                end = path.indexOf(File.pathSeparatorChar, start)) {
            add(path.substring(start, end), entries);
            start = end + 1;
        }
        add(path.substring(start), entries);
        return entries;
    }

    private static void add(String entry, List<String> entries) {
        if (!entry.isEmpty()) {
            entries.add(new File(entry).getAbsolutePath());
        }
    }
}
