package org.usagestats.server;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.cli.ParseException;
import org.usagestats.server.Setting.Kind;
import org.usagestats.server.records.Escapes;

/** What the operator set, and where: the command line wins over the environment, which wins over the file. */
final class Settings {

    /**
     * A setting as it was given.
     *
     * @param label what to call it when it is wrong
     * @param origin where it is from, for the operator
     */
    record Given(List<String> values, String label, String origin) {}

    private static final String TRUE = "true";

    private final Map<Setting, Given> given = new EnumMap<>(Setting.class);
    private final List<String> words;

    /**
     * Starts without any.
     *
     * @param words what the command is about, such as its sink
     */
    Settings(List<String> words) {
        this.words = List.copyOf(words);
    }

    List<String> words() {
        return words;
    }

    /** Adds what wins over what is here. */
    void over(Map<Setting, Given> stronger) {
        given.putAll(stronger);
    }

    /** The value of a setting, or its default. */
    Optional<String> value(Setting setting) {
        Given found = given.get(setting);
        if (found != null) {
            return Optional.of(found.values.get(0));
        }
        return setting.byDefault().isEmpty() ? Optional.empty() : Optional.of(setting.byDefault());
    }

    List<String> values(Setting setting) {
        Given found = given.get(setting);
        return found == null ? List.of() : found.values;
    }

    boolean isOn(Setting flag) {
        return values(flag).contains(TRUE);
    }

    /** What to call a setting in a message: as the operator wrote it. */
    String label(Setting setting) {
        Given found = given.get(setting);
        return found == null ? "--" + setting.word() : found.label;
    }

    /**
     * Takes one as it stands outside of the command line.
     *
     * @throws ParseException if it is a flag that is neither on nor off
     */
    static Given given(Setting setting, List<String> values, String label, String origin) throws ParseException {
        if (setting.kind() == Kind.FLAG && !List.of(TRUE, "false").contains(values.get(0))) {
            throw new ParseException(label + " takes true, false, not \"" + values.get(0) + "\"");
        }
        return new Given(List.copyOf(values), label, origin);
    }

    /** All of them with their origins, as a file that says the same; a secret is not shown. */
    String print() {
        StringBuilder text = new StringBuilder();
        for (Setting setting : Setting.of(Command.SERVE)) {
            Given found = given.get(setting);
            if (found == null) {
                printUnset(setting, text);
            } else if (setting.kind() == Kind.SECRET || setting == Setting.CONFIG) {
                String shown = setting == Setting.CONFIG ? found.values.get(0) : "(secret)";
                text.append("# ").append(setting.word()).append(": ").append(Escapes.line(shown));
                text.append(", from ").append(found.origin).append('\n');
            } else {
                text.append("# from ").append(found.origin).append('\n');
                found.values.forEach(value -> line(setting, value, text));
            }
        }
        return text.toString();
    }

    private static void printUnset(Setting setting, StringBuilder text) {
        if (setting.byDefault().isEmpty()) {
            text.append("# ").append(setting.word()).append(" is not set\n");
        } else {
            text.append("# the default\n");
            line(setting, setting.byDefault(), text);
        }
    }

    private static void line(Setting setting, String value, StringBuilder text) {
        text.append(setting.word()).append(" = ").append(Escapes.line(value)).append('\n');
    }
}
