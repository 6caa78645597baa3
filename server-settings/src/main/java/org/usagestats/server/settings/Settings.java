package org.usagestats.server.settings;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.usagestats.server.records.Escapes;
import org.usagestats.server.settings.Setting.Kind;

/** What the operator set, and where: the command line wins over the environment, which wins over the file. */
public final class Settings {

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

    /**
     * Hands out the words of the command line that are no settings.
     *
     * @return what the command is about, such as its sink
     */
    public List<String> words() {
        return words;
    }

    /** Adds what wins over what is here. */
    void over(Map<Setting, Given> stronger) {
        given.putAll(stronger);
    }

    /**
     * Reads a setting.
     *
     * @param setting one that has a value
     * @return the value as it was given, or its default; empty if it has neither
     */
    public Optional<String> value(Setting setting) {
        Given found = given.get(setting);
        if (found != null) {
            return Optional.of(found.values.get(0));
        }
        return setting.byDefault().isEmpty() ? Optional.empty() : Optional.of(setting.byDefault());
    }

    /**
     * Reads a setting that may be given any number of times.
     *
     * @param setting which
     * @return its values as they were given
     */
    public List<String> values(Setting setting) {
        Given found = given.get(setting);
        return found == null ? List.of() : found.values;
    }

    /**
     * Reads a setting that is on or off.
     *
     * @param flag which
     * @return whether it is on
     */
    public boolean isOn(Setting flag) {
        return values(flag).contains(TRUE);
    }

    /**
     * Reads a setting that is one of some words.
     *
     * @param setting one that is given or has a default
     * @param type the words, as an enum
     * @param <E> the enum
     * @return the constant of the word
     * @throws SettingException if it is another word
     */
    public <E extends Enum<E>> E choice(Setting setting, Class<E> type) throws SettingException {
        String word = value(setting).orElseThrow();
        return Choice.of(type, word)
                .orElseThrow(() -> new SettingException(
                        label(setting) + " takes " + Choice.words(type) + ", not \"" + word + "\""));
    }

    /**
     * Reads a setting of some form.
     *
     * @param setting one that is given or has a default
     * @param form what the whole value is like
     * @param allowed the same, for the operator
     * @return the value, matched
     * @throws SettingException if it is not of this form
     */
    public Matcher matched(Setting setting, Pattern form, String allowed) throws SettingException {
        String value = value(setting).orElseThrow();
        Matcher matcher = form.matcher(value);
        if (!matcher.matches()) {
            throw new SettingException(label(setting) + " takes " + allowed + ", not \"" + value + "\"");
        }
        return matcher;
    }

    /**
     * Names a setting in a message.
     *
     * @param setting which
     * @return its name as the operator wrote it
     */
    public String label(Setting setting) {
        Given found = given.get(setting);
        return found == null ? "--" + setting.word() : found.label;
    }

    /**
     * Takes one as it stands outside of the command line.
     *
     * @throws SettingException if it is a flag that is neither on nor off
     */
    static Given given(Setting setting, List<String> values, String label, String origin) throws SettingException {
        if (setting.kind() == Kind.FLAG && !List.of(TRUE, "false").contains(values.get(0))) {
            throw new SettingException(label + " takes true, false, not \"" + values.get(0) + "\"");
        }
        return new Given(List.copyOf(values), label, origin);
    }

    /**
     * Prints all of them with their origins, as a file that says the same; a secret is not shown.
     *
     * @return the lines of the file
     */
    public String print() {
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
