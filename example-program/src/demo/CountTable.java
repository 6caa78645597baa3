import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a collector how many reports there are for each value of some fields, and prints the answers as a table. */
public final class CountTable {

    private static final Pattern COUNTS = Pattern.compile("\"counts\"\\s*:\\s*\\{([^}]*)\\}");
    private static final Pattern COUNT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"\\s*:\\s*(\\d+)");
    private static final Pattern TOTAL = Pattern.compile("\"record_count\"\\s*:\\s*(\\d+)");

    private CountTable() {}

    /**
     * Runs it.
     *
     * @param args the collector's URL, then the fields; without any, only the total is printed
     */
    public static void main(String[] args) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        if (args.length == 1) {
            System.out.println(first(TOTAL, get(client, args[0] + "v1/count")) + " reports at the collector");
        }
        for (String field : Arrays.asList(args).subList(1, args.length)) {
            String counts = first(COUNTS, get(client, args[0] + "v1/count?group_by="
                    + URLEncoder.encode(field, StandardCharsets.UTF_8)));
            System.out.printf("  %-34s %7s%n  %s %s%n", field, "reports", "-".repeat(34), "-".repeat(7));
            COUNT.matcher(counts)
                    .results()
                    .sorted(Comparator.comparingLong((MatchResult count) -> -Long.parseLong(count.group(2))))
                    .forEach(count -> System.out.printf("  %-34s %7s%n", count.group(1), count.group(2)));
            System.out.println();
        }
    }

    private static String get(HttpClient client, String url) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString()).body();
    }

    private static String first(Pattern pattern, String answer) {
        Matcher matcher = pattern.matcher(answer);
        if (!matcher.find()) {
            throw new IllegalStateException("the collector answered: " + answer);
        }
        return matcher.group(1);
    }
}
