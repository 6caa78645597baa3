package org.usagestats.benchmarks.programs;

import java.util.ServiceLoader;
import org.usagestats.spi.DispatcherProvider;
import org.usagestats.spi.TransportProvider;

/** Looks for a transport and a dispatcher, as a program with an upload due does. */
final class Discovery {

    private Discovery() {}

    /**
     * Runs the program.
     *
     * @param args not used
     */
    public static void main(String[] args) {
        long start = System.nanoTime();
        for (TransportProvider provider : ServiceLoader.load(TransportProvider.class)) {
            provider.schemes();
        }
        for (DispatcherProvider provider : ServiceLoader.load(DispatcherProvider.class)) {
            provider.name();
        }
        System.out.println(System.nanoTime() - start);
    }
}
