package org.usagestats.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of the collector in a process of its own, with the modules that run here. */
final class MainCommand {

    private MainCommand() {}

    /**
     * Makes it.
     *
     * @param options what the JVM is told
     * @param words the sub-command and what follows it
     */
    static ProcessBuilder of(List<String> options, List<String> words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--module-path", System.getProperty("jdk.module.path")));
        command.addAll(options);
        command.addAll(List.of("--module", "org.usagestats.server/org.usagestats.server.Main"));
        command.addAll(words);
        return new ProcessBuilder(command);
    }
}
