package org.usagestats.benchmarks.queries.programs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.usagestats.benchmarks.queries.Question;

/**
 * The limit: arrays of codes, written by hand for these very questions and for reports in the order of their days. A byte each
 * for command and country, an int for the user, a short for the day.
 */
public final class DictionaryProgram {

    private static final int BYTE_VALUES = 256;

    private final Map<String, Integer> commandCodes = new HashMap<>();
    private final Map<String, Integer> countryCodes = new HashMap<>();
    private final Map<String, Integer> userCodes = new HashMap<>();
    private final Map<String, Integer> dayCodes = new HashMap<>();
    private final byte[] commands;
    private final byte[] countries;
    private final int[] users;
    private final short[] days;
    private int reports;

    private DictionaryProgram(int reports) {
        commands = new byte[reports];
        countries = new byte[reports];
        users = new int[reports];
        days = new short[reports];
    }

    /** A part of the reports, counted by code. */
    private interface Scan {
        int[] counts(int from, int to);
    }

    /**
     * Answers questions.
     *
     * @param args a file, how many reports it has, and the number of threads
     * @throws Exception if it cannot be read
     */
    public static void main(String[] args) throws Exception {
        DictionaryProgram program = new DictionaryProgram(Integer.parseInt(args[1]));
        JacksonProgram.scan(Path.of(args[0]), program::add);
        int threads = Integer.parseInt(args[2]);
        ExecutorService others = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        });
        Interview.hold(question -> program.answer(question, threads, others));
    }

    private void add(JacksonProgram.Report report) {
        commands[reports] = (byte) code(commandCodes, report.command);
        countries[reports] = (byte) code(countryCodes, report.country);
        users[reports] = code(userCodes, report.user);
        days[reports] = (short) code(dayCodes, report.time.substring(0, 10));
        reports++;
    }

    private static int code(Map<String, Integer> codes, String value) {
        Integer known = codes.get(value);
        if (known == null) {
            known = codes.size();
            codes.put(value, known);
        }
        return known;
    }

    private List<String> answer(Question question, int threads, ExecutorService others) throws Exception {
        Scan scan = switch (question) {
            case ONE_KEY -> this::byCommand;
            case TWO_KEYS -> this::byCommandAndCountry;
            case USERS_BY_DAY -> this::usersByDay;
            case FILTERED -> this::byCommandOfCountry;
            case MEDIAN, WHO_STAYS -> throw new IllegalArgumentException("no scan answers " + question);
        };
        int[] counts = threads == 1 ? scan.counts(0, reports) : sum(scan, threads, others);
        return switch (question) {
            case ONE_KEY, FILTERED -> rows(commandCodes, counts);
            case TWO_KEYS -> pairs(counts);
            case USERS_BY_DAY -> rows(dayCodes, counts);
            case MEDIAN, WHO_STAYS -> throw new AssertionError(question);
        };
    }

    /** Shares the reports out among threads, no day among two. */
    private int[] sum(Scan scan, int threads, ExecutorService others) throws Exception {
        List<Future<int[]>> parts = new ArrayList<>();
        int from = 0;
        for (int thread = 1; thread <= threads; thread++) {
            int start = from;
            int end = endOfDay((int) ((long) reports * thread / threads));
            Callable<int[]> part = () -> scan.counts(start, end);
            parts.add(others.submit(part));
            from = end;
        }
        int[] sums = parts.get(0).get();
        for (Future<int[]> part : parts.subList(1, threads)) {
            int[] counts = part.get();
            for (int code = 0; code < sums.length; code++) {
                sums[code] += counts[code];
            }
        }
        return sums;
    }

    private int endOfDay(int report) {
        int end = report;
        while (end < reports && days[end] == days[end - 1]) {
            end++;
        }
        return end;
    }

    private int[] byCommand(int from, int to) {
        int[] counts = new int[BYTE_VALUES];
        for (int report = from; report < to; report++) {
            counts[commands[report]]++;
        }
        return counts;
    }

    private int[] byCommandAndCountry(int from, int to) {
        int[] counts = new int[BYTE_VALUES * BYTE_VALUES];
        for (int report = from; report < to; report++) {
            counts[commands[report] * BYTE_VALUES + countries[report]]++;
        }
        return counts;
    }

    private int[] usersByDay(int from, int to) {
        int[] counts = new int[dayCodes.size()];
        short[] last = new short[userCodes.size()]; // the day after the last on which a user was seen
        for (int report = from; report < to; report++) {
            short day = days[report];
            if (last[users[report]] != day + 1) {
                last[users[report]] = (short) (day + 1);
                counts[day]++;
            }
        }
        return counts;
    }

    private int[] byCommandOfCountry(int from, int to) {
        int[] counts = new int[BYTE_VALUES];
        int wanted = countryCodes.getOrDefault(Question.COUNTRY, -1);
        for (int report = from; report < to; report++) {
            counts[commands[report]] += countries[report] == wanted ? 1 : 0;
        }
        return counts;
    }

    private static List<String> rows(Map<String, Integer> codes, int[] counts) {
        List<String> rows = new ArrayList<>();
        codes.forEach((value, code) -> {
            if (counts[code] > 0) {
                rows.add(value + "\t" + counts[code]);
            }
        });
        return rows;
    }

    private List<String> pairs(int[] counts) {
        List<String> rows = new ArrayList<>();
        commandCodes.forEach((command, first) -> countryCodes.forEach((country, second) -> {
            int count = counts[first * BYTE_VALUES + second];
            if (count > 0) {
                rows.add(command + "\t" + country + "\t" + count);
            }
        }));
        return rows;
    }
}
