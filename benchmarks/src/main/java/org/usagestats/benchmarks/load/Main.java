package org.usagestats.benchmarks.load;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.usagestats.benchmarks.Arguments;
import org.usagestats.benchmarks.Built;
import org.usagestats.benchmarks.Directories;

/**
 * Starts collectors and other servers, loads them in turn, again and again, and prints what they took in. Ratios within one
 * session mean something, rates alone do not.
 */
public final class Main {

    private Main() {}

    /**
     * Runs the benchmark.
     *
     * @param args {@code --help} tells
     * @throws Exception if a server cannot be run or loaded
     */
    public static void main(String[] args) throws Exception {
        Optional<Options> options = Arguments.read(args, Options.USAGE, Options::parse);
        if (options.isPresent()) {
            run(options.get());
        }
    }

    private static void run(Options options) throws IOException, InterruptedException, URISyntaxException {
        Built built = Built.besideThis();
        Path work = Files.createTempDirectory(built.target(), "load-").toRealPath();
        try {
            List<Contender> contenders = Contenders.of(built, work, options);
            Load load = new Load(Contenders.report(built), options.seconds());
            System.out.print(new Result(run(contenders, load, options.rounds()), options.jdks()).text());
        } finally {
            Directories.delete(work);
        }
    }

    /** Starts all servers, loads each in turn once to warm up, then as often as asked. */
    private static Slices run(List<Contender> contenders, Load load, int rounds)
            throws IOException, InterruptedException {
        Map<Contender, RunningServer> servers = new LinkedHashMap<>();
        try {
            for (Contender contender : contenders) {
                if (contender.listens()) {
                    servers.put(contender, RunningServer.start(contender));
                }
            }
            for (Map.Entry<Contender, RunningServer> server : servers.entrySet()) {
                load.warmUp(server.getKey(), server.getValue());
            }
            Slices slices = new Slices();
            for (int round = 1; round <= rounds; round++) {
                System.err.print("\rround " + round + " of " + rounds);
                round(contenders, servers, load, slices);
            }
            System.err.println();
            return slices;
        } finally {
            for (RunningServer server : servers.values()) {
                server.stop();
            }
        }
    }

    private static void round(
            List<Contender> contenders, Map<Contender, RunningServer> servers, Load load, Slices slices)
            throws IOException, InterruptedException {
        for (Contender contender : contenders) {
            RunningServer server = servers.get(contender);
            if (server == null) {
                slices.add(contender, 1, load.slice(contender));
            } else {
                slices.add(contender, 1, load.slice(contender, server, 1));
                slices.add(contender, Contenders.MANY, load.slice(contender, server, Contenders.MANY));
            }
        }
    }
}
