package org.usagestats.server;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.usagestats.server.settings.Setting;
import org.usagestats.server.settings.SettingException;
import org.usagestats.server.settings.Settings;
import org.usagestats.sink.Durability;
import org.usagestats.sink.SinkConfig;

/** A sink as an operator names it: {@code NAME:LOCATION}, and what it is to be told. */
record SinkAddress(String name, SinkConfig config) {

    static final String FORM = "NAME:LOCATION, such as jsonl:reports";

    private static final Pattern NAME_AND_LOCATION = Pattern.compile("([a-z0-9-]+):(.+)");
    private static final Pattern KEY_AND_VALUE = Pattern.compile("([^=]+)=(.*)");

    /**
     * Reads one that the settings are about.
     *
     * @param label what to call the text when it is wrong
     */
    static SinkAddress of(String text, String label, Settings settings) throws SettingException {
        Matcher parts = matched(text, label);
        SinkConfig config = new SinkConfig(
                parts.group(2),
                settings.choice(Setting.DURABILITY, Durability.class),
                settings.value(Setting.INSTANCE).orElseThrow(),
                options(settings));
        return new SinkAddress(parts.group(1), config);
    }

    /** Reads one that no setting is about. */
    static SinkAddress of(String text) throws SettingException {
        Matcher parts = matched(text, "a sink");
        SinkConfig config = new SinkConfig(parts.group(2), Durability.ALWAYS, Setting.INSTANCE.byDefault(), Map.of());
        return new SinkAddress(parts.group(1), config);
    }

    /** Tells whether a text is of this form. */
    static boolean isLike(String text) {
        return NAME_AND_LOCATION.matcher(text).matches();
    }

    private static Matcher matched(String text, String label) throws SettingException {
        Matcher parts = NAME_AND_LOCATION.matcher(text);
        if (!parts.matches()) {
            throw new SettingException(label + " takes " + FORM + ", not \"" + text + "\"");
        }
        return parts;
    }

    private static Map<String, String> options(Settings settings) throws SettingException {
        String label = settings.label(Setting.SINK_OPTION);
        Map<String, String> options = new HashMap<>();
        for (String option : settings.values(Setting.SINK_OPTION)) {
            Matcher parts = KEY_AND_VALUE.matcher(option);
            if (!parts.matches()) {
                throw new SettingException(label + " takes KEY=VALUE, not \"" + option + "\"");
            }
            if (options.put(parts.group(1), parts.group(2)) != null) {
                throw new SettingException(label + " " + parts.group(1) + " is given more than once");
            }
        }
        return options;
    }
}
