package org.usagestats.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.locks.LockSupport;

/**
 * A program that leaks as its argument says, for the check to catch. It keeps its "usage statistics" where
 * {@code LEAKING_LOCATION} says, or in its user's home.
 */
final class LeakingProgram {

    private LeakingProgram() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println("Works.");
        boolean off = "1".equals(System.getenv("DO_NOT_TRACK"));
        Path location = location();
        switch (arguments[0]) {
            case "nothing" -> {}
            case "enable" -> Files.writeString(Files.createDirectories(location).resolve("consent"), "enabled");
            case "disable" ->
                Files.writeString(Files.createDirectories(location).resolve("consent"), "disabled");
            case "report" -> Files.writeString(Files.createDirectories(location).resolve("report_1_2_3.txt"), "");
            case "identify" ->
                Files.writeString(Files.createDirectories(location).resolve("user"), "me");
            case "connect" -> connect();
            case "look-up" -> lookUp();
            case "start" -> new ProcessBuilder("true").start().waitFor();
            case "start-and-leave" -> new ProcessBuilder("sleep", "60").start();
            case "write" -> Files.writeString(Path.of("stray"), "");
            case "write-elsewhere" -> Files.delete(Files.createTempFile("stray", ""));
            case "touch" -> touch(Path.of("").toAbsolutePath());
            case "trust" -> trust(location);
            case "print" -> System.out.print(off ? "" : "Please say yes.");
            case "prompt" -> System.err.print(off ? "" : "Please say yes.");
            case "fail" -> System.exit(off ? 0 : 3);
            case "stay" -> stay(off);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static Path location() {
        String named = System.getenv("LEAKING_LOCATION");
        return named != null ? Path.of(named) : Path.of(System.getProperty("user.home"), "usage-stats");
    }

    private static void touch(Path path) throws IOException {
        Files.setLastModifiedTime(path, FileTime.fromMillis(0));
    }

    /** Believes in any yes that it finds, whoever wrote it. */
    private static void trust(Path location) throws IOException {
        Path consent = location.resolve("consent");
        if (Files.isReadable(consent) && Files.readString(consent).equals("enabled")) {
            connect();
        }
    }

    private static void connect() throws IOException {
        try (Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 9)) {
            socket.getOutputStream().write(1);
        } catch (IOException nobodyListens) {
            System.err.println(nobodyListens);
        }
    }

    private static void lookUp() {
        try {
            InetAddress.getByName("usagestats.invalid");
        } catch (UnknownHostException asExpected) {
            System.err.println(asExpected);
        }
    }

    private static void stay(boolean off) {
        if (!off) {
            new Thread(() -> {
                        while (true) {
                            LockSupport.park();
                        }
                    })
                    .start();
        }
    }
}
