package org.usagestats.benchmarks.load;

import java.util.ArrayList;
import java.util.List;

/** What a collector is to reach on one JDK. */
final class Goals {

    private static final int MANY = Contenders.MANY;

    /** From this version on the collector serves each connection on a virtual thread. */
    private static final int VIRTUAL_FROM = 24;

    private final Slices slices;
    private final String version;
    private final List<Goal> all = new ArrayList<>();

    private Goals(Slices slices, String version) {
        this.slices = slices;
        this.version = version;
    }

    /** The goals; what was not measured is left out. */
    static List<Goal> of(Slices slices, String version) {
        Goals goals = new Goals(slices, version);
        goals.busy();
        goals.slowDisk();
        goals.alone();
        goals.peers();
        goals.pressed();
        return goals.all.stream().filter(Goal::isMeasured).toList();
    }

    private void busy() {
        boolean virtual = Runtime.Version.parse(version).feature() >= VIRTUAL_FROM;
        double always = rate(Contenders.ALWAYS);
        double os = rate(Contenders.OS);
        atLeast("64 connections: always / os", always / os, virtual ? 0.75 : 0.6);
        atLeast("64 connections: always / raw NIO with group commit", always / rate(Contenders.RAW), 0.45);
        atLeast("64 connections: os / empty handler", os / rate(Contenders.EMPTY), 0.75);
    }

    private void slowDisk() {
        ratioOfSlow("1 ms", 40);
        ratioOfSlow("5 ms", 50);
    }

    private void ratioOfSlow(String delay, double bound) {
        atLeast(
                "64 connections, syncs longer by " + delay + ": always / one sync a request",
                rate(Contenders.SLOWER + delay) / rate(Contenders.EACH_SLOWER + delay),
                bound);
    }

    private void alone() {
        atLeast(
                "1 connection: always / one sync a request",
                slices.rate(Contenders.ALWAYS, version, 1) / slices.rate(Contenders.EACH, version, 1),
                0.85);
        atMost(
                "1 connection: p50 above a bare append and fdatasync, in us",
                slices.median(Contenders.ALWAYS, version, 1) - slices.median(Contenders.BARE, version, 1),
                60);
    }

    private void peers() {
        double always = rate(Contenders.ALWAYS);
        atLeast("64 connections: always / the original's WSGI server", always / peer(Contenders.ORIGINAL), 55);
        atLeast("64 connections: always / Python JSONL", always / peer(Contenders.PYTHON), 25);
        atLeast("64 connections: always / node with fdatasync each", always / peer(Contenders.NODE), 5);
        atLeast("64 connections: always / nginx, no sync", always / peer(Contenders.NGINX), 0.5);
    }

    private void pressed() {
        atLeast(
                "64 connections: always with a heap of 256 MiB / always",
                rate(Contenders.SMALL) / rate(Contenders.ALWAYS),
                0.9);
        atMost(
                "64 connections: p99 beside the crowd / without",
                slices.slow(Contenders.CROWDED, version, MANY) / slices.slow(Contenders.ALWAYS, version, MANY),
                2);
    }

    private double rate(String name) {
        return slices.rate(name, version, MANY);
    }

    private double peer(String name) {
        return slices.rate(name, "", MANY);
    }

    private void atLeast(String what, double measured, double bound) {
        all.add(new Goal(what, measured, Goal.Side.AT_LEAST, bound));
    }

    private void atMost(String what, double measured, double bound) {
        all.add(new Goal(what, measured, Goal.Side.AT_MOST, bound));
    }
}
