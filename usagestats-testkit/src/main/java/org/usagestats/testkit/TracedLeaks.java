package org.usagestats.testkit;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.usagestats.testkit.Leak.Respect;
import org.usagestats.testkit.Trace.Call;

/** Tells by a trace what a program did beside computing and reading. */
final class TracedLeaks {

    private static final Set<String> MESSAGES = Set.of("connect", "bind", "sendto", "sendmsg", "sendmmsg");
    private static final Pattern PORT = Pattern.compile("sin6?_port=htons\\((\\d+)\\)");

    /** DNS, and the port to which glibc "connects" to learn which of its addresses would be used. */
    private static final Set<String> LOOK_UP_PORTS = Set.of("53", "0");

    private static final Pattern RESOLVER = Pattern.compile("sun_path=\"[^\"]*(resolve|avahi)[^\"]*\"");
    private static final Set<String> LOOK_UP_FILES = Set.of("/etc/hosts", "/etc/resolv.conf");

    private static final Pattern WRITING = Pattern.compile("O_(WRONLY|RDWR|CREAT|TRUNC)");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern OPENED = Pattern.compile("<(.*)>");

    /** What a path is relative to, or the open file itself where no path follows. */
    private static final Pattern AT = Pattern.compile("^(?:AT_FDCWD|\\d+)<([^>]*)>");

    private final Trace trace;
    private final Path work;
    private final Set<Leak> leaks = new LinkedHashSet<>();
    private final Map<Path, String> written = new LinkedHashMap<>();
    private final Set<Long> javas = new LinkedHashSet<>();

    private TracedLeaks(Trace trace, Path work) {
        this.trace = trace;
        this.work = work;
        for (Call call : trace.calls()) {
            judge(call);
        }
    }

    /** Looks through a trace of a program that ran in a working directory. */
    static TracedLeaks of(Trace trace, Path work) {
        return new TracedLeaks(trace, work);
    }

    /** What leaked over the network or into other processes. */
    Set<Leak> leaks() {
        return leaks;
    }

    /** The files written, changed or removed, and by which call. */
    Map<Path, String> written() {
        return written;
    }

    /** Whether the program ran in a Java whose processes can be told from those of its start script. */
    boolean sawJava() {
        return !javas.isEmpty();
    }

    private void judge(Call call) {
        if (MESSAGES.contains(call.name())) {
            judgeMessage(call);
        } else if (Trace.isStart(call)) {
            judgeStart(call);
        } else if (!call.failed() && !call.name().equals("execve")) {
            judgeFile(call);
        }
    }

    private void judgeMessage(Call call) {
        Matcher port = PORT.matcher(call.arguments());
        boolean internet = call.arguments().contains("sa_family=AF_INET") && port.find();
        if (internet) {
            boolean lookUp = !call.name().equals("bind") && LOOK_UP_PORTS.contains(port.group(1));
            add(lookUp ? Respect.LOOK_UP : Respect.CONNECTION, call.name() + "(" + call.arguments() + ")");
        } else if (RESOLVER.matcher(call.arguments()).find()) {
            add(Respect.LOOK_UP, call.name() + "(" + call.arguments() + ")");
        }
    }

    private void judgeStart(Call call) {
        if (javas.contains(call.process())) {
            String survived = trace.running().contains(call.result()) ? ", which still runs" : "";
            add(Respect.CHILD_PROCESS, "started " + command(call.result()) + survived);
        }
    }

    private String command(long process) {
        String command = "a copy of itself";
        for (Call call : trace.calls()) {
            if (call.process() == process && call.name().equals("execve") && !call.failed()) {
                command = call.arguments().replaceAll("^\"[^\"]*\", |, 0x.*", "");
            }
        }
        return command;
    }

    private void judgeFile(Call call) {
        if (!call.name().startsWith("open") && !call.name().equals("creat")) {
            written(call, paths(call));
            return;
        }
        Matcher opened = OPENED.matcher(call.remark());
        String path = opened.find() ? opened.group(1) : "";
        if (call.name().equals("creat") || WRITING.matcher(call.arguments()).find()) {
            written(call, List.of(path));
        } else if (path.endsWith("/libjvm.so")) {
            javas.add(call.process());
        } else if (LOOK_UP_FILES.contains(path)) {
            add(Respect.LOOK_UP, "read " + path);
        }
    }

    private void written(Call call, List<String> paths) {
        for (String path : paths) {
            if (!isOfSystem(path)) {
                written.putIfAbsent(work.resolve(path).normalize(), call.name());
            }
        }
    }

    /** The devices and the kernel's own files, and the counters that every Java keeps of itself. */
    private static boolean isOfSystem(String path) {
        return path.matches("/(dev|proc|sys)/.*|.*/hsperfdata_[^/]*(/\\d+)?|\\d+");
    }

    /** The paths that a call changes: of several a link is only the last, and a file that is open already has none. */
    private static List<String> paths(Call call) {
        Matcher at = AT.matcher(call.arguments());
        String base = at.find() ? at.group(1) : "";
        List<String> paths = QUOTED.matcher(call.arguments())
                .results()
                .map(quoted -> Path.of(base).resolve(quoted.group(1)).toString())
                .toList();
        if (paths.isEmpty()) {
            return base.isEmpty() ? List.of() : List.of(base);
        }
        return call.name().contains("link") ? paths.subList(paths.size() - 1, paths.size()) : paths;
    }

    private void add(Respect respect, String seen) {
        leaks.add(new Leak(respect, seen));
    }
}
