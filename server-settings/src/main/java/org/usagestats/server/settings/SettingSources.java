package org.usagestats.server.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.usagestats.query.Nearest;
import org.usagestats.server.settings.Setting.Kind;
import org.usagestats.server.settings.Settings.Given;

/** Reads settings from where they are other than on the command line. What is not known is refused, with the nearest name. */
final class SettingSources {

    private static final String PREFIX = "USAGESTATS_";

    private SettingSources() {}

    /** The variables whose names begin with {@code USAGESTATS_}; an empty one is not set, several values have spaces between. */
    static Map<Setting, Given> environment(Map<String, String> variables) throws SettingException {
        Map<Setting, Given> found = new EnumMap<>(Setting.class);
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            if (variable.getKey().startsWith(PREFIX)) {
                Setting setting = byVariable(variable.getKey());
                String value = variable.getValue().strip();
                if (!value.isEmpty()) {
                    List<String> values = setting.kind() == Kind.LIST ? List.of(value.split("\\s+")) : List.of(value);
                    found.put(
                            setting,
                            Settings.given(
                                    setting, values, setting.variable(), "the environment, " + setting.variable()));
                }
            }
        }
        return found;
    }

    /**
     * The lines {@code key = value} of a file in UTF-8; what begins with # is passed over.
     *
     * @throws IOException if it cannot be read, in one line
     */
    static Map<Setting, Given> file(Path file) throws IOException, SettingException {
        Map<Setting, List<String>> found = new EnumMap<>(Setting.class);
        int number = 0;
        for (String line : lines(file)) {
            number++;
            String entry = line.strip();
            if (!entry.isEmpty() && !entry.startsWith("#")) {
                add(found, entry, file + ", line " + number + ": ");
            }
        }
        Map<Setting, Given> settings = new EnumMap<>(Setting.class);
        for (Map.Entry<Setting, List<String>> entry : found.entrySet()) {
            Setting setting = entry.getKey();
            String label = file + ": " + setting.word();
            settings.put(setting, Settings.given(setting, entry.getValue(), label, "the file " + file));
        }
        return settings;
    }

    private static void add(Map<Setting, List<String>> found, String entry, String where) throws SettingException {
        int equals = entry.indexOf('=');
        if (equals < 0) {
            throw new SettingException(where + "a line is: key = value");
        }
        Setting setting = byWord(entry.substring(0, equals).strip(), where);
        String value = entry.substring(equals + 1).strip();
        if (value.isEmpty()) {
            throw new SettingException(where + setting.word() + " has no value");
        }
        List<String> values = found.computeIfAbsent(setting, first -> new ArrayList<>());
        if (!values.isEmpty() && setting.kind() != Kind.LIST) {
            throw new SettingException(where + setting.word() + " is given more than once");
        }
        values.add(value);
    }

    private static Setting byWord(String word, String where) throws SettingException {
        List<String> words = new ArrayList<>();
        for (Setting setting : Setting.of(Command.SERVE)) {
            if (setting.word().equals(word) && setting.kind() == Kind.SECRET) {
                throw new SettingException(
                        where + word + " is a secret: set " + setting.variable() + " in the environment");
            }
            if (setting.word().equals(word) && setting != Setting.CONFIG) {
                return setting;
            }
            if (setting != Setting.CONFIG) {
                words.add(setting.word());
            }
        }
        throw new SettingException(where + "unknown key " + word + ", the nearest is " + Nearest.of(words, word));
    }

    private static Setting byVariable(String name) throws SettingException {
        for (Setting setting : Setting.of(Command.SERVE)) {
            if (setting.variable().equals(name)) {
                return setting;
            }
        }
        List<String> names =
                Setting.of(Command.SERVE).stream().map(Setting::variable).toList();
        throw new SettingException("unknown variable " + name + ", the nearest is " + Nearest.of(names, name));
    }

    private static List<String> lines(Path file) throws IOException {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException missing) {
            throw new IOException("there is no file " + file, missing);
        } catch (CharacterCodingException binary) {
            throw new IOException(file + " is not text in UTF-8", binary);
        } catch (IOException unreadable) {
            throw new IOException("cannot read " + file + ": " + unreadable, unreadable);
        }
    }
}
