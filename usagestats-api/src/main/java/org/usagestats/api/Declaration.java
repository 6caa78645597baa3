package org.usagestats.api;

import java.net.URI;
import java.util.List;

/**
 * What a program says of its usage statistics: what they hold and why, who gets them, and how to be rid of them.
 *
 * @param program the program's name
 * @param recipient the drop point: the URL of the collector that gets the reports
 * @param frequency when reports are sent, in half a sentence
 * @param fields everything that a report may hold; for a program that declared nothing, what every report holds
 * @param offSwitches the ways to switch off, each in half a sentence
 * @param places the folders to delete after the program was removed
 */
public record Declaration(
        String program,
        URI recipient,
        String frequency,
        List<Field> fields,
        List<String> offSwitches,
        List<String> places) {

    /** Copies the lists. */
    public Declaration {
        fields = List.copyOf(fields);
        offSwitches = List.copyOf(offSwitches);
        places = List.copyOf(places);
    }

    /**
     * Writes the declaration as a page for users and packagers, by custom named {@code what-we-collect.md}. It is the same
     * on every machine.
     *
     * @return the page in Markdown (CommonMark)
     */
    public String markdown() {
        StringBuilder page = new StringBuilder("# What ")
                .append(program)
                .append(" collects\n\nNothing is sent before you agree. If you do, ")
                .append(program)
                .append(" sends reports to <")
                .append(recipient)
                .append(">, ")
                .append(frequency)
                .append(".\n\n## What a report holds\n\n| field | why |\n|---|---|\n");
        for (Field field : fields) {
            page.append("| `").append(field.key()).append("` | ");
            page.append(field.purpose().replace("|", "\\|")).append(" |\n");
        }
        list(page, "How to switch it off", offSwitches);
        list(page, "What to delete after removing the program", places);
        return page.toString();
    }

    private static void list(StringBuilder page, String title, List<String> items) {
        page.append("\n## ").append(title).append("\n\n");
        for (String item : items) {
            page.append("- ").append(item).append('\n');
        }
    }
}
