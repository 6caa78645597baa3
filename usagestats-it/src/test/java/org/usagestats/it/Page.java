package org.usagestats.it;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/** A page of the documentation, by its path in the project. */
record Page(String text) {

    static Page read(String path) throws IOException {
        return new Page(Files.readString(Built.ROOT.resolve(path)));
    }

    /** The fenced blocks of a language, in their order. */
    List<String> blocks(String language) {
        return find("(?s)```" + language + "\n(.*?)```");
    }

    /** What the first group of a pattern stands for, wherever it is found. */
    List<String> find(String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
