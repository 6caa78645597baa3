package org.usagestats.server.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What an operator can set. The command line, the environment, the configuration file and the help all have their words from
 * here: {@link #LISTEN} is {@code --listen}, {@code USAGESTATS_LISTEN} and {@code listen = }. What each is for, its help says.
 */
public enum Setting {
    SINK(Kind.VALUE, "NAME:LOCATION", "", """
            where reports are kept:
              files:DIR   each in a file of its own
              jsonl:DIR   JSON Lines, for many reports
            further sinks are jars in the directory "plugins\""""),
    LISTEN(Kind.VALUE, "HOST:PORT", "127.0.0.1:8080", """
            the address to listen on (127.0.0.1:8080; port 0 takes a free
            one); beyond this machine it needs TLS or --behind-proxy, and
            a token for reading or --no-queries"""),
    DURABILITY(Kind.VALUE, "LEVEL", "always", """
            what the answer "stored" promises:
              always     survives a power cut (the default)
              interval   a power cut may cost the last second
              os         the operating system decides"""),
    INSTANCE(Kind.VALUE, "NAME", "collector", """
            this collector's name among those that share LOCATION,
            of a-z, 0-9 and - (collector)"""),
    KEEP_ADDRESS(Kind.VALUE, "HOW", "none", """
            what is kept of a sender's address:
            none (the default), truncated (/24, /48), full"""),
    SINK_OPTION(Kind.LIST, "KEY=VALUE", "", """
            an option of the sink""", Command.values()),
    TLS_CERT(Kind.VALUE, "FILE", "", """
            speak HTTPS with these certificates (PEM), read again when
            they are renewed; needs --tls-key"""),
    TLS_KEY(Kind.VALUE, "FILE", "", """
            their key (PEM), not readable for everybody"""),
    TLS_KEYSTORE(Kind.VALUE, "FILE", "", """
            or speak HTTPS with the one key in this PKCS #12 file"""),
    TLS_PASSWORD_FILE(Kind.VALUE, "FILE", "", """
            a file, readable for its owner only, with its password"""),
    TLS_PASSWORD(Kind.SECRET, "", "", """
            its password, in the environment only"""),
    TOKEN_FILE(Kind.VALUE, "FILE", "", """
            a file, readable for its owner only, with lines such as
              query,export TOKEN
            of the scopes ingest (then reports need it), view (questions
            about many users), query, export, admin (everything); sent
            as Authorization: Bearer TOKEN, or by the link /view/TOKEN"""),
    TOKENS(Kind.SECRET, "", "", """
            such lines, separated by semicolons, in the environment only"""),
    NO_QUERIES(Kind.FLAG, "", "", """
            answer no questions and hand out no reports"""),
    BEHIND_PROXY(Kind.FLAG, "", "", """
            all requests come through a proxy: nobody is local, everybody
            who reads needs a token"""),
    TRUSTED_PROXY(Kind.LIST, "NETWORK", "", """
            all requests come through a proxy, and the X-Forwarded-For
            of one at this ADDRESS[/BITS] is believed, as that of one on
            this machine is"""),
    RATE_LIMIT(Kind.VALUE, "N/min", "off", """
            how many requests with reports a network (/24, /64) may
            send; those without a report id are not limited (off)"""),
    PUBLIC_VIEW(Kind.FLAG, "", "", """
            let everyone see the dashboard and ask questions, with
            answers in which no user can be singled out"""),
    PRIVACY_FLOOR(Kind.VALUE, "USERS", "5", """
            how many different users stand in each row that the public
            view and tokens with the scope view get to see (5)"""),
    CHARTS(Kind.VALUE, "FILE", "", """
            further charts for the dashboard, a JSON array of objects:
            {"title": T, "query": as of /v1/query, "mark": line, area,
            bars or histogram}"""),
    HOST(Kind.LIST, "NAME", "", """
            answer to this name only, and to this machine's own"""),
    ALLOW_ORIGIN(Kind.LIST, "ORIGIN", "", """
            let web pages of an origin such as https://app.example.org
            send reports"""),
    QUERY_TIMEOUT(Kind.VALUE, "TIME", "30s", """
            how long a question may take, such as 30s, 500ms or 2min (30s)"""),
    QUERY_GROUPS(Kind.VALUE, "N", "100000", """
            how many groups a question may have, before any are left out
            (100000)"""),
    CONFIG(Kind.VALUE, "FILE", "", """
            a file with lines such as: listen = 127.0.0.1:8080""", Command.values()),
    FORMAT(Kind.VALUE, "FORMAT", "", """
            of export: jsonl, a JSON object a line (the default), or csv,
            for spreadsheets: a column for each key;
            of query: table (the default on a terminal), csv (elsewhere),
            json, ndjson""", Command.EXPORT, Command.QUERY),
    SINCE(Kind.VALUE, "TIME", "", """
            only what was received then or later: a day as 2026-03-01 or
            a time as 2026-03-01T12:00:00Z, in UTC""", Command.EXPORT),
    UNTIL(Kind.VALUE, "TIME", "", """
            only what was received before""", Command.EXPORT),
    LINES(Kind.VALUE, "N", "10", """
            so many of the newest reports first (10)""", Command.TAIL),
    NO_FOLLOW(Kind.FLAG, "", "", """
            end after them""", Command.TAIL);

    /** How a setting is given. */
    enum Kind {
        /** Once. */
        VALUE,
        /** Any number of times. */
        LIST,
        /** By its name alone; elsewhere as true or false. */
        FLAG,
        /** In the environment only: the command line is for everybody to see. */
        SECRET
    }

    private final Kind kind;
    private final String form;
    private final String byDefault;
    private final String help;

    @SuppressWarnings("ImmutableEnumChecker") // Made by Set.of, which makes immutable ones.
    private final Set<Command> commands;

    Setting(Kind kind, String form, String byDefault, String help) {
        this(kind, form, byDefault, help, Command.SERVE);
    }

    Setting(Kind kind, String form, String byDefault, String help, Command... commands) {
        this.kind = kind;
        this.form = form;
        this.byDefault = byDefault;
        this.help = help;
        this.commands = Set.of(commands);
    }

    /** Those that a command is told on its command line; the environment and the file tell those of {@code serve}. */
    static List<Setting> of(Command command) {
        return Arrays.stream(values())
                .filter(setting -> setting.commands.contains(command))
                .toList();
    }

    Kind kind() {
        return kind;
    }

    /**
     * Tells the value of one that is not given.
     *
     * @return the value; empty if there is none
     */
    public String byDefault() {
        return byDefault;
    }

    /** Its name in a file and, after {@code --}, on the command line. */
    String word() {
        return Choice.word(this);
    }

    /**
     * Tells its name in the environment.
     *
     * @return the name of the variable
     */
    public String variable() {
        return "USAGESTATS_" + name();
    }

    /** How the help begins to tell of it, such as {@code --sink NAME:LOCATION}. */
    String usage() {
        return kind == Kind.SECRET ? variable() : form.isEmpty() ? "--" + word() : "--" + word() + " " + form;
    }

    List<String> help() {
        return (kind == Kind.LIST ? help + "; may be repeated" : help).lines().toList();
    }
}
