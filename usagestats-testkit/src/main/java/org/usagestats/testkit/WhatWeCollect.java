package org.usagestats.testkit;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.usagestats.api.UsageStats;

/**
 * Writes {@code what-we-collect.md} from what a program declares, or checks that it is up to date, from the command line and
 * so from any build.
 */
public final class WhatWeCollect {

    private static final String HELP = """
            usage: java -cp CLASSPATH org.usagestats.testkit.WhatWeCollect CLASS METHOD FILE [--check]

            Writes the page that says what a program collects, for whom, why, and how to switch it off.

              CLASSPATH   the program, its libraries, and usagestats-testkit
              CLASS       the class that opens the program's usage statistics
              METHOD      its static method that does so: without arguments, it returns a UsageStats
              FILE        the page, by custom named what-we-collect.md
              --check     writes nothing, and fails if the page is out of date

            Ends with 0 if the page is up to date, with 1 if it is not, with 2 if that could not be found out.
            """;

    private WhatWeCollect() {}

    /**
     * Writes or checks the page. The usage statistics are switched off while it does.
     *
     * @param args class, method, file and perhaps {@code --check}; {@code --help} explains them
     */
    public static void main(String[] args) {
        System.setProperty("usagestats.disabled", "true");
        System.exit(run(List.of(args), System.out, System.err));
    }

    static int run(List<String> args, PrintStream out, PrintStream err) {
        if (args.equals(List.of("--help"))) {
            out.print(HELP);
            return 0;
        }
        try {
            boolean check = args.size() == 4 && args.get(3).equals("--check");
            if (args.size() != 3 && !check) {
                throw new IllegalArgumentException("a class, a method and a file are needed, and perhaps --check");
            }
            Path file = Path.of(args.get(2));
            String page = page(args.get(0), args.get(1));
            return check ? check(file, page, err) : write(file, page, out);
        } catch (IOException | IllegalArgumentException unable) {
            err.println("WhatWeCollect: " + unable.getMessage() + " (see --help)");
            return 2;
        }
    }

    private static int write(Path file, String page, PrintStream out) throws IOException {
        try {
            Files.writeString(file, page);
        } catch (IOException unwritable) {
            throw new IOException(file + " cannot be written: " + unwritable, unwritable);
        }
        out.println("Wrote " + file + ".");
        return 0;
    }

    /** Compares without regard to how lines end, which a checkout may change. */
    private static int check(Path file, String page, PrintStream err) throws IOException {
        try {
            boolean exists = Files.exists(file);
            if (exists && Files.readString(file).replace("\r\n", "\n").equals(page)) {
                return 0;
            }
            err.println("WhatWeCollect: " + file + (exists ? " is out of date" : " is missing")
                    + "; write it with the same command without --check");
            return 1;
        } catch (IOException unreadable) {
            throw new IOException(file + " cannot be read: " + unreadable, unreadable);
        }
    }

    private static String page(String className, String methodName) {
        try (UsageStats stats = open(className, methodName)) {
            return stats.declared().markdown();
        }
    }

    private static UsageStats open(String className, String methodName) {
        String name = className + "." + methodName;
        try {
            Method method = Class.forName(className).getDeclaredMethod(methodName);
            if (!Modifier.isStatic(method.getModifiers())
                    || !UsageStats.class.isAssignableFrom(method.getReturnType())) {
                throw new IllegalArgumentException(name + " is not a static method that returns a UsageStats");
            }
            method.setAccessible(true);
            return (UsageStats) method.invoke(null);
        } catch (ClassNotFoundException | LinkageError missing) {
            throw new IllegalArgumentException("the class " + className + " cannot be loaded: " + missing, missing);
        } catch (NoSuchMethodException missing) {
            throw new IllegalArgumentException("there is no method " + name + " without arguments", missing);
        } catch (InvocationTargetException failed) {
            throw new IllegalArgumentException(name + " failed: " + failed.getCause(), failed);
        } catch (IllegalAccessException | InaccessibleObjectException closed) {
            throw new IllegalArgumentException(
                    name + " cannot be called: run on the class path, or open its package", closed);
        }
    }
}
