package org.usagestats.core;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A user's plain no, told from the directory without opening it as a spool.
 *
 * <p>Nothing else has a say where the user said no, so nothing else needs to be looked at: whoever refused pays for a listing
 * and one small file. Anything but a plain no, with nothing left to delete or to ask for, is for {@link ConsentBook} to judge.
 */
final class Refusal {

    static final String REASON = "Usage statistics are disabled; nothing is recorded.";

    private Refusal() {}

    /** Whether a program's directory holds a decision that is no, and nothing that a no still has to remove. */
    static boolean isIn(File directory) {
        String[] names = directory.list();
        if (names == null) {
            return false;
        }
        boolean decided = false;
        for (String name : names) {
            decided |= name.equals("consent");
            if (name.equals("sent") || name.equals("forget") || name.equals("forgetting") || isReport(name)) {
                return false;
            }
        }
        return decided && isNo(new File(directory, "consent"));
    }

    private static boolean isReport(String name) {
        return name.startsWith(SpoolName.PREFIX);
    }

    private static boolean isNo(File decision) {
        if (!decision.isFile()) {
            return false;
        }
        try (FileInputStream in = new FileInputStream(decision)) {
            String text = new String(in.readNBytes(Directory.LIMIT), StandardCharsets.UTF_8);
            return text.endsWith("\ndecision:" + ConsentRecord.DISABLED + "\n");
        } catch (IOException unreadable) {
            return false;
        }
    }
}
