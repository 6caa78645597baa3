package org.usagestats.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code strace -f} wrote down of a program: its processes, and their calls of the operating system. */
final class Trace {

    private static final String FORKS = "clone,?clone3,?fork,?vfork,execve";
    private static final String MESSAGES = "connect,bind,sendto,sendmsg,sendmmsg";
    private static final String FILES = "?open,openat,?openat2,?creat,?mkdir,mkdirat,?rename,renameat,renameat2,"
            + "?unlink,unlinkat,?rmdir,?link,linkat,?symlink,symlinkat,?mknod,mknodat,truncate,"
            + "ftruncate,?chmod,fchmod,fchmodat,?utimes,utimensat";

    /** Says at the start of each line which thread it is about, follows all children, and shows whole paths. */
    private static final List<String> STRACE = List.of(
            "strace",
            "-f",
            "--seccomp-bpf",
            "-y",
            "-q",
            "-e",
            "signal=none",
            "-e",
            "trace=" + FORKS + "," + MESSAGES + "," + FILES);

    private static final Pattern LINE = Pattern.compile("(\\d+) +(.*)");
    private static final Pattern CALL = Pattern.compile("(\\w+)\\((.*)\\)\\s+= (-?\\d+)(.*)");
    private static final String UNFINISHED = " <unfinished ...>";
    private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. \\w+ resumed>(.*)");

    /** One call: who called what, and what came of it; the remark holds the path behind a new file descriptor. */
    record Call(long process, String name, String arguments, long result, String remark) {

        boolean failed() {
            return result < 0;
        }
    }

    private record Line(long thread, String text) {}

    private final List<Call> calls = new ArrayList<>();
    private final Map<Long, Long> processOfThread = new LinkedHashMap<>();
    private final Set<Long> ended = new LinkedHashSet<>();
    private final long root;

    private Trace(List<Line> lines) {
        this.root = lines.isEmpty() ? 0 : lines.get(0).thread();
        for (Line line : lines) {
            Matcher call = CALL.matcher(line.text());
            if (call.matches() && call.group(2).contains("CLONE_THREAD")) {
                processOfThread.put(Long.valueOf(call.group(3)), process(line.thread()));
            }
        }
        for (Line line : lines) {
            add(line);
        }
    }

    /** The words that start a command under observation. */
    static List<String> watcher(Path file) {
        List<String> words = new ArrayList<>(STRACE);
        words.addAll(List.of("-o", file.toString()));
        return words;
    }

    static Trace read(Path file) throws IOException {
        List<Line> lines = new ArrayList<>();
        Map<Long, String> begun = new LinkedHashMap<>();
        for (String text : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
            Matcher line = LINE.matcher(text);
            if (line.matches()) {
                join(new Line(Long.parseLong(line.group(1)), line.group(2)), begun, lines);
            }
        }
        return new Trace(lines);
    }

    /** The calls in the order in which they ended. */
    List<Call> calls() {
        return calls;
    }

    /** Whether the program itself ended, whatever it left running. */
    boolean isProgramEnded() {
        return ended.contains(root);
    }

    /** The processes that were started and have not ended. */
    Set<Long> running() {
        Set<Long> running = new LinkedHashSet<>(Set.of(root));
        for (Call call : calls) {
            if (isStart(call)) {
                running.add(call.result());
            }
        }
        running.removeAll(ended);
        return running;
    }

    /** Whether a call started a process, not just a thread. */
    static boolean isStart(Call call) {
        return call.name().matches("clone3?|v?fork")
                && !call.failed()
                && !call.arguments().contains("CLONE_THREAD");
    }

    /** A call that another thread's line interrupted is written in two parts. */
    private static void join(Line line, Map<Long, String> begun, List<Line> lines) {
        Matcher resumed = RESUMED.matcher(line.text());
        if (line.text().endsWith(UNFINISHED)) {
            begun.put(line.thread(), line.text().replace(UNFINISHED, ""));
        } else if (resumed.matches()) {
            String start = begun.remove(line.thread());
            lines.add(new Line(line.thread(), (start == null ? "" : start) + resumed.group(1)));
        } else {
            lines.add(line);
        }
    }

    private void add(Line line) {
        Matcher call = CALL.matcher(line.text());
        if (call.matches()) {
            calls.add(new Call(
                    process(line.thread()),
                    call.group(1),
                    call.group(2),
                    Long.parseLong(call.group(3)),
                    call.group(4)));
        } else if (line.text().startsWith("+++ ")) {
            ended.add(line.thread());
        }
    }

    private long process(long thread) {
        return processOfThread.getOrDefault(thread, thread);
    }
}
