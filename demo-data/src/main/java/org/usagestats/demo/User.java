package org.usagestats.demo;

import java.util.Random;
import java.util.UUID;

/**
 * Somebody who uses the program.
 *
 * @param id what the client calls them
 * @param kind when they use it
 * @param from the day of their installation, before the year if negative
 * @param until the last day on which they use it
 * @param runsADay how often they run it on a usual day
 * @param updateDays how long after its release they take a version; {@link #NEVER} if they keep the first
 * @param machine what they run it on
 */
record User(UUID id, Kind kind, int from, int until, double runsADay, int updateDays, Machine machine) {

    /** When a user uses the program. */
    enum Kind {
        /** On weekdays. */
        WORK,
        /** On evenings and weekends. */
        HOME,
        /** Every day alike. */
        MACHINE
    }

    static final int NEVER = 10_000;

    private static final Pick<Kind> KINDS =
            new Pick<Kind>().or(62, Kind.WORK).or(30, Kind.HOME).or(8, Kind.MACHINE);

    static User madeUp(int from, Random random) {
        Kind kind = KINDS.draw(random);
        boolean tries = from >= 0 && random.nextInt(100) < 34;
        double stays = tries ? 1 + random.nextInt(9) : 20 - 260 * Math.log(1 - random.nextDouble());
        int until = Math.max(from, 0) + (int) stays;
        double runs = Math.exp(-1.1 + 0.9 * random.nextGaussian());
        int update = random.nextInt(100) < 5 ? NEVER : (int) Math.exp(2.4 + 1.1 * random.nextGaussian());
        return new User(id(random), kind, from, until, runs, update, Machine.of(kind, Math.max(from, 0), random));
    }

    /** A random id (RFC 9562, version 4). */
    static UUID id(Random random) {
        return new UUID((random.nextLong() & ~0xF000L) | 0x4000L, (random.nextLong() >>> 2) | Long.MIN_VALUE);
    }

    User whoStays() {
        return new User(id, kind, from, Year.DAYS, runsADay, updateDays, machine);
    }

    /** How many runs may be expected of them on a day. */
    double eagerness(int day, Year year) {
        if (day < from || day > until) {
            return 0;
        }
        return runsADay * (day == from ? 4 : 1) * year.liveliness(day, kind);
    }

    /** What they run on a day: what was new so many days ago, or what they installed. */
    Release release(int day) {
        Release installed = Release.newestOn(from);
        Release taken = Release.newestOn(day - updateDays);
        return taken.day() > installed.day() ? taken : installed;
    }
}
