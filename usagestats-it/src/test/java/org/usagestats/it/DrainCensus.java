package org.usagestats.it;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Counts the processes that drain a spool, again and again, until it is closed. */
final class DrainCensus extends Thread implements AutoCloseable {

    private static final long PAUSE_NANOS = 5_000_000;

    private final String spool;
    private final Set<String> others = new HashSet<>();
    private final Set<String> seen = new HashSet<>();
    private volatile int most;
    private volatile boolean closed;

    private DrainCensus(Path spool) {
        super("drain-census");
        this.spool = spool.toString();
    }

    static DrainCensus of(Path spool) {
        DrainCensus census = new DrainCensus(spool);
        census.setDaemon(true);
        census.start();
        return census;
    }

    /** The most that lived at one moment. */
    int most() {
        return most;
    }

    /** How many there were. */
    synchronized int seen() {
        return seen.size();
    }

    @Override
    public void run() {
        while (!closed) {
            count();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    private synchronized void count() {
        int alive = 0;
        for (String pid : new File("/proc").list()) {
            if (Character.isDigit(pid.charAt(0)) && !others.contains(pid) && isDrain(pid)) {
                alive++;
                seen.add(pid);
            }
        }
        most = Math.max(most, alive);
    }

    /** A JVM that runs the drain of this spool; the shell before it is none, and may become one. */
    private boolean isDrain(String pid) {
        try {
            String[] words = Files.readString(Path.of("/proc", pid, "cmdline")).split("\0");
            boolean named = words[words.length - 1].equals(spool);
            boolean isJava = words[0].endsWith("/java");
            if (isJava && !named) {
                others.add(pid);
            }
            return named && isJava;
        } catch (IOException ended) {
            return false;
        }
    }
}
