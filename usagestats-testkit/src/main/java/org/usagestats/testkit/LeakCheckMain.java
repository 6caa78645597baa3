package org.usagestats.testkit;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs {@link LeakCheck} from the command line, for packagers; it needs this jar alone. */
public final class LeakCheckMain {

    private static final String HELP = """
            usage: java -cp usagestats-testkit.jar org.usagestats.testkit.LeakCheckMain [OPTION...] -- COMMAND...

            Starts a Java program in every state without its user's consent, watches it from outside, and says what leaks.

              --run WORD                 an argument of the run that is watched; options may repeat
              --enable WORD              an argument by which the user says yes, such as --enable-stats
              --disable WORD             an argument by which the user says no
              --off-variable NAME        the program's own variable to switch usage statistics off
              --location-variable NAME   the variable that sets where they are kept
              --env NAME=VALUE           a variable of the program's environment
              --may-write PATH           a file or folder that the program writes for purposes of its own
              --seconds N                how long the program may run (30)

            Ends with 0 if nothing leaks, with 1 if something does, with 2 if the check could not be made.
            """;

    private static final Set<String> OPTIONS = Set.of(
            "--run",
            "--enable",
            "--disable",
            "--off-variable",
            "--location-variable",
            "--env",
            "--may-write",
            "--seconds");

    private LeakCheckMain() {}

    /**
     * Runs the check and prints a verdict for each state on standard output.
     *
     * @param args options, {@code --}, and the command that starts the program; {@code --help} explains them
     * @throws InterruptedException if the thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        System.exit(run(List.of(args), System.out, System.err));
    }

    static int run(List<String> args, PrintStream out, PrintStream err) throws InterruptedException {
        if (args.equals(List.of("--help"))) {
            out.print(HELP);
            return 0;
        }
        try {
            LeakCheck check = LeakCheck.of(program(args));
            int leaks = 0;
            for (CheckedState state : CheckedState.values()) {
                Verdict verdict = check.verdict(state);
                out.println(verdict.text());
                leaks += verdict.leaks().size();
            }
            out.println(leaks == 0 ? "Nothing leaks." : leaks + (leaks == 1 ? " leak." : " leaks."));
            return leaks == 0 ? 0 : 1;
        } catch (IOException | IllegalArgumentException | IllegalStateException unable) {
            err.println("LeakCheckMain: " + unable.getMessage() + " (see --help)");
            return 2;
        }
    }

    private static CheckedProgram program(List<String> args) {
        int end = args.indexOf("--");
        if (end < 0) {
            throw new IllegalArgumentException("the program's command stands after --, which is missing");
        }
        Map<String, List<String>> given = options(args.subList(0, end));
        CheckedProgram.Builder program = CheckedProgram.command(
                        args.subList(end + 1, args.size()).toArray(String[]::new))
                .arguments(words(given, "--run"))
                .enabledBy(words(given, "--enable"))
                .disabledBy(words(given, "--disable"));
        for (String variable : words(given, "--off-variable")) {
            program.switchedOffBy(variable);
        }
        for (String variable : words(given, "--location-variable")) {
            program.locatedBy(variable);
        }
        for (String variable : words(given, "--env")) {
            addVariable(program, variable);
        }
        for (String path : words(given, "--may-write")) {
            program.mayWrite(Path.of(path));
        }
        for (String seconds : words(given, "--seconds")) {
            program.endsWithin(duration(seconds));
        }
        return program.build();
    }

    private static Map<String, List<String>> options(List<String> args) {
        Map<String, List<String>> given = new LinkedHashMap<>();
        for (int i = 0; i < args.size(); i += 2) {
            String option = args.get(i);
            if (!OPTIONS.contains(option)) {
                throw new IllegalArgumentException("there is no option " + option);
            }
            if (i + 1 == args.size()) {
                throw new IllegalArgumentException("the option " + option + " needs a value");
            }
            given.computeIfAbsent(option, first -> new ArrayList<>()).add(args.get(i + 1));
        }
        return given;
    }

    private static String[] words(Map<String, List<String>> given, String option) {
        return given.getOrDefault(option, List.of()).toArray(String[]::new);
    }

    private static void addVariable(CheckedProgram.Builder program, String variable) {
        int equals = variable.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("a variable is given as NAME=VALUE, not " + variable);
        }
        program.with(variable.substring(0, equals), variable.substring(equals + 1));
    }

    private static Duration duration(String seconds) {
        if (!seconds.matches("[1-9][0-9]{0,4}")) {
            throw new IllegalArgumentException("--seconds is a whole number from 1 to 99999, not " + seconds);
        }
        return Duration.ofSeconds(Long.parseLong(seconds));
    }
}
