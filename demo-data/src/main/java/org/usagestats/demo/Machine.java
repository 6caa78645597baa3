package org.usagestats.demo;

import java.util.Random;

/**
 * What a user runs the program on.
 *
 * @param system as the client's flag has it, such as {@code Linux;6.1.0-18-amd64}
 * @param architecture such as {@code amd64}
 * @param distribution of Linux, such as {@code debian;12}; empty on others
 * @param java the one at first
 * @param nextJava the one later
 * @param javaDay when they change it
 */
record Machine(String system, String architecture, String distribution, String java, String nextJava, int javaDay) {

    private static final Pick<String> DISTRIBUTIONS = new Pick<String>()
            .or(36, "ubuntu;24.04")
            .or(9, "ubuntu;22.04")
            .or(18, "debian;12")
            .or(9, "debian;13")
            .or(13, "fedora;43")
            .or(8, "arch;?")
            .or(7, "rhel;9.6");

    private static final Pick<String> VENDORS = new Pick<String>()
            .or(44, "Eclipse Adoptium")
            .or(14, "Debian")
            .or(14, "Oracle Corporation")
            .or(12, "Amazon.com Inc.")
            .or(9, "Azul Systems, Inc.")
            .or(7, "Homebrew");

    static Machine of(User.Kind kind, int day, Random random) {
        int old = java(day, random);
        int next = Math.max(old, java(Year.DAYS - 1, random));
        String vendor = VENDORS.draw(random);
        String java = version(old, random) + ";" + vendor;
        String later = next == old ? java : version(next, random) + ";" + vendor;
        int javaDay = day + random.nextInt(Year.DAYS);
        int system = kind == User.Kind.MACHINE ? 0 : random.nextInt(100);
        if (system < 44) {
            String architecture = random.nextInt(100) < 9 + day / 60 ? "aarch64" : "amd64";
            String release = random.nextBoolean() ? "6.8.0-47-generic" : "6.1.0-31-" + architecture;
            return new Machine("Linux;" + release, architecture, DISTRIBUTIONS.draw(random), java, later, javaDay);
        }
        if (system < 77) {
            boolean ten = random.nextInt(100) < 42 - day / 11;
            return new Machine(ten ? "Windows 10;10.0" : "Windows 11;10.0", "amd64", "", java, later, javaDay);
        }
        String architecture = random.nextInt(100) < 70 + day / 20 ? "aarch64" : "x86_64";
        return new Machine(
                "Mac OS X;" + (random.nextBoolean() ? "26.1" : "15.7"), architecture, "", java, later, javaDay);
    }

    /** Draws what somebody installs on a day. */
    private static int java(int day, Random random) {
        int draw = random.nextInt(100);
        int still17 = 40 - day / 14;
        int already25 = 8 + day / 9;
        return draw < still17 ? 17 : draw < 100 - already25 ? 21 : draw < 96 ? 25 : day > 120 ? 26 : 24;
    }

    private static String version(int feature, Random random) {
        int update = switch (feature) {
            case 17 -> 13 + random.nextInt(5);
            case 21 -> 5 + random.nextInt(5);
            default -> random.nextInt(3);
        };
        return feature + ";0;" + update;
    }

    String java(int day) {
        return day < javaDay ? java : nextJava;
    }
}
