package org.usagestats.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The dashboard's page as static files. It asks the collector that it comes from for all that it shows: {@code v1/query},
 * {@code v1/chart.svg}, {@code ui/charts.json} and {@code metrics}, relative to its own address. Immutable.
 */
public final class Page {

    /** The file that is the page itself; it finds the others under {@code ui/}. */
    public static final String INDEX = "index.html";

    /**
     * What a browser may do with the page: run and show what this collector sends, and nothing else.
     */
    public static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types 'none'";

    /** What a browser may do with a picture that is opened by itself: show it. */
    public static final String PICTURE_POLICY = "default-src 'none'; frame-ancestors 'none'";

    private static final List<String> NAMES = List.of(
            INDEX,
            "page.css",
            "page.js",
            "view.js",
            "cards.js",
            "glance.js",
            "words.js",
            "collector.js",
            "curves.js",
            "marks.js",
            "icon.svg",
            "uPlot.js",
            "uPlot.css",
            "uPlot.LICENSE");

    private final Map<String, PageFile> files;

    private Page(Map<String, PageFile> files) {
        this.files = files;
    }

    /**
     * Reads the files from this module.
     *
     * @return the page
     */
    public static Page load() {
        Map<String, PageFile> files = new LinkedHashMap<>();
        for (String name : NAMES) {
            files.put(name, new PageFile(mediaType(name), bytes(name)));
        }
        return new Page(files);
    }

    /**
     * Lists the files.
     *
     * @return their names
     */
    public List<String> names() {
        return NAMES;
    }

    /**
     * Finds a file.
     *
     * @param name its name, such as {@code page.css}
     * @return the file, if the page has one of that name
     */
    public Optional<PageFile> file(String name) {
        return Optional.ofNullable(files.get(name));
    }

    private static byte[] bytes(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the dashboard was built without " + name);
            }
            return in.readAllBytes();
        } catch (IOException brokenJar) {
            throw new UncheckedIOException(brokenJar);
        }
    }

    private static String mediaType(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> "text/plain; charset=utf-8";
        };
    }
}
