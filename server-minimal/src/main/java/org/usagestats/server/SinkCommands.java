package org.usagestats.server;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import org.usagestats.server.records.Export;
import org.usagestats.server.records.ImportRun;
import org.usagestats.server.records.Period;
import org.usagestats.server.records.ReportSource;
import org.usagestats.server.records.Reports;
import org.usagestats.server.records.Tail;
import org.usagestats.server.records.Verification;
import org.usagestats.server.settings.Command;
import org.usagestats.server.settings.Setting;
import org.usagestats.server.settings.SettingException;
import org.usagestats.server.settings.Settings;
import org.usagestats.sink.AnsweringSinkProvider;
import org.usagestats.sink.FollowableSinkProvider;
import org.usagestats.sink.ImportingSinkProvider;
import org.usagestats.sink.ReadableSinkProvider;
import org.usagestats.sink.ReportTail;
import org.usagestats.sink.SinkProvider;

/** The commands that work on what a sink keeps, without a collector. */
final class SinkCommands {

    private static final int BUFFER = 64 * 1024;
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,6}");

    private final Settings settings;
    private final SinkProviders providers;
    private final PrintStream out;
    private final PrintStream err;

    SinkCommands(Settings settings, Optional<ModuleLayer> plugins, PrintStream out, PrintStream err) {
        List<ServiceLoader<SinkProvider>> places = new ArrayList<>();
        places.add(SinkProviders.beside(SinkCommands.class));
        plugins.ifPresent(layer -> places.add(ServiceLoader.load(layer, SinkProvider.class)));
        this.settings = settings;
        this.providers = new SinkProviders(places);
        this.out = out;
        this.err = err;
    }

    /**
     * Does one of them.
     *
     * @return whether all was well; else what was not has been told
     * @throws SettingException if a word is wrong, in one line that says what is allowed
     * @throws IOException if it cannot be done, in one line that says why
     */
    boolean run(Command command) throws SettingException, IOException {
        return switch (command) {
            case QUERY -> query();
            case VERIFY -> verify();
            case TAIL -> tail();
            case EXPORT -> export();
            case IMPORT -> importReports();
            case SERVE -> throw new IllegalArgumentException("a collector is no such command");
        };
    }

    private boolean query() throws SettingException, IOException {
        if (settings.words().isEmpty() || settings.words().size() > 2) {
            throw new SettingException("query needs a sink and a question: " + SinkAddress.FORM
                    + ", then 'group_by=version&metrics=count'");
        }
        SinkAddress sink = SinkAddress.of(settings.words().get(0), "query", settings);
        if (!(providers.named(sink.name()) instanceof AnsweringSinkProvider provider)) {
            throw new IllegalArgumentException(
                    "the sink \"" + sink.name() + "\" can be asked through its collector only");
        }
        new QueryCommand(settings, out, err).run(provider, sink.config());
        return true;
    }

    private boolean verify() throws SettingException, IOException {
        SinkAddress sink = sink("verify needs one sink: " + SinkAddress.FORM);
        Verification verification = new Verification(out, err);
        verification.read(reports(sink));
        err.println(verification.summary());
        return verification.isSound();
    }

    private boolean tail() throws SettingException, IOException {
        SinkAddress sink = sink("tail needs one sink: " + SinkAddress.FORM);
        int newest = Integer.parseInt(settings.matched(Setting.LINES, COUNT, "a number from 0 to 999999")
                .group());
        if (!(providers.named(sink.name()) instanceof FollowableSinkProvider provider)) {
            throw new IllegalArgumentException("the sink \"" + sink.name() + "\" cannot be followed");
        }
        try (ReportTail reports = provider.follow(sink.config(), newest)) {
            Tail tail = new Tail(reports, out, err);
            tail.print();
            if (!settings.isOn(Setting.NO_FOLLOW)) {
                tail.followUntilSignal();
            }
        }
        return true;
    }

    private boolean export() throws SettingException, IOException {
        SinkAddress sink = sink("export needs one sink: " + SinkAddress.FORM);
        Export.Format format = settings.value(Setting.FORMAT).isEmpty()
                ? Export.Format.JSONL
                : settings.choice(Setting.FORMAT, Export.Format.class);
        Export export = new Export(reports(sink), period(), err);
        BufferedOutputStream to = new BufferedOutputStream(new CheckedOutput(out), BUFFER);
        export.write(format, to);
        to.flush();
        return export.isComplete();
    }

    private boolean importReports() throws SettingException, IOException {
        if (settings.words().size() < 2) {
            throw new SettingException("import needs a sink and from where: " + SinkAddress.FORM + ", then FROM...");
        }
        SinkAddress sink = SinkAddress.of(settings.words().get(0), "import", settings);
        if (!(providers.named(sink.name()) instanceof ImportingSinkProvider provider)) {
            throw new IllegalArgumentException("the sink \"" + sink.name() + "\" takes no imports");
        }
        List<ReportSource> sources = new ArrayList<>();
        for (String from : settings.words().subList(1, settings.words().size())) {
            sources.add(source(from));
        }
        ImportRun into = new ImportRun(() -> provider.beginImport(sink.config()), err);
        for (ReportSource source : sources) {
            into.take(source);
        }
        err.println(into.summary());
        return into.isComplete();
    }

    private ReportSource source(String from) throws SettingException, IOException {
        Optional<ReportSource> local = ReportSource.at(from);
        if (local.isPresent()) {
            return local.get();
        }
        if (!SinkAddress.isLike(from)) {
            throw new IOException("there is no file, directory or sink " + from);
        }
        return ReportSource.of(reports(SinkAddress.of(from)));
    }

    private Period period() throws SettingException {
        return new Period(
                bound(Setting.SINCE).orElse(Instant.MIN), bound(Setting.UNTIL).orElse(Instant.MAX));
    }

    private Optional<Instant> bound(Setting setting) throws SettingException {
        Optional<String> text = settings.value(setting);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    text.get().contains("T")
                            ? Instant.parse(text.get())
                            : LocalDate.parse(text.get())
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant());
        } catch (DateTimeException neither) {
            throw new SettingException(settings.label(setting)
                    + " takes a day as 2026-03-01 or a time as 2026-03-01T12:00:00Z, not \"" + text.get() + "\"");
        }
    }

    private SinkAddress sink(String needed) throws SettingException {
        if (settings.words().size() != 1) {
            throw new SettingException(needed);
        }
        return SinkAddress.of(settings.words().get(0), "the command", settings);
    }

    private Reports reports(SinkAddress sink) {
        if (providers.named(sink.name()) instanceof ReadableSinkProvider readable) {
            return taker -> readable.read(sink.config(), taker);
        }
        throw new IllegalArgumentException("the sink \"" + sink.name() + "\" can be read by its collector only");
    }
}
