package org.usagestats.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.usagestats.server.access.Access;
import org.usagestats.server.senders.AddressKeeping;
import org.usagestats.server.settings.Setting;
import org.usagestats.server.settings.SettingException;
import org.usagestats.server.settings.Settings;
import org.usagestats.server.tls.SecretFile;
import org.usagestats.server.tls.Tls;
import org.usagestats.sink.QueryLimits;
import org.usagestats.sink.SinkConfig;

/** What {@code serve} is told. */
record ServeArguments(String sink, SinkConfig config, InetSocketAddress listen, AddressKeeping keeping) {

    private static final Pattern HOST_AND_PORT = Pattern.compile("\\[?([^\\[\\]\\s]+)]?:([0-9]{1,5})");
    private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,5})(ms|s|min)");
    private static final Pattern USERS = Pattern.compile("[1-9][0-9]{0,5}");
    private static final Pattern GROUPS = Pattern.compile("[1-9][0-9]{0,8}");
    private static final Pattern RATE = Pattern.compile("([1-9][0-9]{0,6})/min|off");

    /**
     * Reads what the operator set.
     *
     * @throws SettingException if a value is wrong, in one line that says what is allowed
     */
    static ServeArguments of(Settings settings) throws SettingException {
        String sink = settings.value(Setting.SINK)
                .orElseThrow(() -> new SettingException("serve needs --sink " + SinkAddress.FORM));
        SinkAddress address = SinkAddress.of(sink, settings.label(Setting.SINK), settings);
        return new ServeArguments(
                address.name(),
                address.config(),
                address(settings),
                settings.choice(Setting.KEEP_ADDRESS, AddressKeeping.class));
    }

    /**
     * Reads who may do what.
     *
     * @throws SettingException if the privacy floor is no number
     * @throws IllegalArgumentException if another value is wrong, in one line that says what is allowed
     * @throws IOException if the tokens cannot be read
     */
    static Access access(Settings settings) throws SettingException, IOException {
        Access.Builder access = Access.builder();
        Optional<String> tokenFile = settings.value(Setting.TOKEN_FILE);
        if (tokenFile.isPresent()) {
            access.tokenFile(Path.of(tokenFile.get()));
        }
        settings.value(Setting.TOKENS).ifPresent(tokens -> access.tokens(tokens, Setting.TOKENS.variable()));
        settings.values(Setting.TRUSTED_PROXY).forEach(access::trustedProxy);
        settings.values(Setting.HOST).forEach(access::host);
        settings.values(Setting.ALLOW_ORIGIN).forEach(access::allowOrigin);
        if (settings.isOn(Setting.BEHIND_PROXY)) {
            access.behindProxy();
        }
        if (settings.isOn(Setting.NO_QUERIES)) {
            access.noQueries();
        }
        if (settings.isOn(Setting.PUBLIC_VIEW)) {
            access.publicView();
        }
        access.privacyFloor(Integer.parseInt(settings.matched(Setting.PRIVACY_FLOOR, USERS, "a number from 1 to 999999")
                .group()));
        return access.build();
    }

    /**
     * Reads with which key to speak HTTPS, if at all.
     *
     * @throws SettingException if what belongs together is not given together
     * @throws IOException if there is no key that can serve
     */
    static Optional<Tls> tls(Settings settings) throws SettingException, IOException {
        Optional<String> certificates = settings.value(Setting.TLS_CERT);
        Optional<String> key = settings.value(Setting.TLS_KEY);
        Optional<String> keystore = settings.value(Setting.TLS_KEYSTORE);
        if (certificates.isPresent() != key.isPresent()) {
            throw new SettingException("--tls-cert and --tls-key are given together");
        }
        if (keystore.isPresent() && key.isPresent()) {
            throw new SettingException("--tls-keystore is given instead of --tls-cert and --tls-key");
        }
        if (keystore.isPresent()) {
            return Optional.of(Tls.keystore(Path.of(keystore.get()), password(settings)));
        }
        return key.isPresent()
                ? Optional.of(Tls.pem(Path.of(certificates.orElseThrow()), Path.of(key.get())))
                : Optional.empty();
    }

    /**
     * Reads how many requests with reports a minute a network may send; empty if that is not limited.
     *
     * @throws SettingException if it is neither a rate nor off
     */
    static OptionalInt rateLimit(Settings settings) throws SettingException {
        Matcher rate = settings.matched(Setting.RATE_LIMIT, RATE, "N/min, such as 60/min, or off");
        return rate.group(1) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(rate.group(1)));
    }

    /**
     * Reads what a question may cost.
     *
     * @throws SettingException if it is no time, or no number
     */
    static QueryLimits questions(Settings settings) throws SettingException {
        Matcher time = settings.matched(Setting.QUERY_TIMEOUT, TIME, "a time, such as 30s, 500ms or 2min");
        Matcher groups = settings.matched(Setting.QUERY_GROUPS, GROUPS, "a number from 1 to 999999999");
        long number = Long.parseLong(time.group(1));
        Duration most = switch (time.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(number);
        };
        return new QueryLimits(most, Integer.parseInt(groups.group()));
    }

    /** Reads which file has further charts for the dashboard, if any. */
    static Optional<Path> charts(Settings settings) {
        return settings.value(Setting.CHARTS).map(Path::of);
    }

    private static String password(Settings settings) throws SettingException, IOException {
        Optional<String> file = settings.value(Setting.TLS_PASSWORD_FILE);
        if (file.isPresent()) {
            return SecretFile.read(Path.of(file.get())).strip();
        }
        return settings.value(Setting.TLS_PASSWORD)
                .orElseThrow(
                        () -> new SettingException("--tls-keystore needs a password: give --tls-password-file, or set "
                                + Setting.TLS_PASSWORD.variable() + " in the environment"));
    }

    private static InetSocketAddress address(Settings settings) throws SettingException {
        Matcher parts = settings.matched(Setting.LISTEN, HOST_AND_PORT, "HOST:PORT, such as 127.0.0.1:8080");
        int port = Integer.parseInt(parts.group(2));
        if (port > 65_535) {
            throw new SettingException(settings.label(Setting.LISTEN) + " takes a port from 0 to 65535, not " + port);
        }
        return new InetSocketAddress(parts.group(1), port);
    }
}
