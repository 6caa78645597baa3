package org.usagestats.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.usagestats.benchmarks.Program.Traffic;

/** Another library, with the small program of ours that uses it. */
enum Peer {
    BSTATS("bstats", "bstats-base", "BStatsProgram", Traffic.NONE),
    SENTRY("sentry", "sentry", "SentryProgram", Traffic.RECEIVED),
    POSTHOG("posthog", "posthog-server", "PostHogProgram", Traffic.RECEIVED),
    OPENTELEMETRY("opentelemetry", "opentelemetry-exporter-otlp", "OpenTelemetryProgram", Traffic.RECEIVED),
    SEGMENT("segment", "analytics", "SegmentProgram", Traffic.RECEIVED),
    SNOWPLOW("snowplow", "snowplow-java-tracker", "SnowplowProgram", Traffic.RECEIVED);

    private final String folder;
    private final String artifact;
    private final String mainClass;
    private final Traffic traffic;

    Peer(String folder, String artifact, String mainClass, Traffic traffic) {
        this.folder = folder;
        this.artifact = artifact;
        this.mainClass = mainClass;
        this.traffic = traffic;
    }

    String mainClass() {
        return "org.usagestats.benchmarks.peers." + mainClass;
    }

    Traffic traffic() {
        return traffic;
    }

    boolean isBuilt(Built built) {
        return Files.isDirectory(built.peerLibraries(folder));
    }

    /** The program's own jar, then the library's. */
    List<Path> classPath(Built built) throws IOException {
        return built.peerClassPath(folder);
    }

    /** The library with its version, and the weight of its jars. */
    String title(Built built) throws IOException {
        long bytes = 0;
        String version = "";
        List<Path> jars = Built.jars(built.peerLibraries(folder));
        for (Path jar : jars) {
            bytes += Files.size(jar);
            String name = jar.getFileName().toString();
            if (name.matches(artifact + "-\\d.*")) {
                version = name.substring(artifact.length() + 1, name.length() - ".jar".length());
            }
        }
        String remark = traffic == Traffic.NONE ? ", starts only" : "";
        return folder + " " + version + remark + " (" + jars.size() + (jars.size() == 1 ? " jar, " : " jars, ")
                + (bytes + 1023) / 1024 + " KB)";
    }

    /** Those that were built. */
    static List<Peer> builtOnes(Built built) {
        return Stream.of(values()).filter(peer -> peer.isBuilt(built)).toList();
    }
}
