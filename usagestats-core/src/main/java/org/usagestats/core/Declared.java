package org.usagestats.core;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.usagestats.api.Field;

/**
 * What the program asks its user to agree to: who gets the reports, and what they hold.
 *
 * <p>A program that declares fields of its own may send these and no others; one that declares none may note what it likes.
 * Every report holds a few fields beside those.
 */
final class Declared {

    /** Declared for users like all others, and held back like them until there is an identifier. */
    static final String USER = "user";

    /** How many reports were dropped, and how many notes of this one refused. */
    static final String DROPPED = "usagestats.dropped";

    static final String REFUSED = "usagestats.refused";

    private static final int MAX_FIELDS = 128;

    private final URI dropPoint;
    private final List<Field> own;
    private final boolean identifiesUsers;
    private final boolean inForce;

    Declared(URI dropPoint, List<Field> own, boolean identifiesUsers) {
        this.dropPoint = dropPoint;
        this.own = new ArrayList<>(own);
        this.identifiesUsers = identifiesUsers;
        this.inForce = !own.isEmpty();
    }

    /** A field as it may be declared beside others, or an {@link IllegalArgumentException} that says why not. */
    static Field checked(Field field, List<Field> others) {
        String purpose = field.purpose();
        if (!Draft.isKey(field.key()) || isTheLibrarys(field.key())) {
            throw new IllegalArgumentException(
                    "a field is named by 1 to 64 of the characters A-Z a-z 0-9 _ . -, and not"
                            + " like one that every report has; not \"" + field.key() + "\"");
        }
        if (purpose == null
                || purpose.isBlank()
                || purpose.length() > 200
                || purpose.indexOf('\n') >= 0
                || purpose.indexOf('\r') >= 0) {
            throw new IllegalArgumentException(
                    "the purpose of " + field.key() + " is one line of 1 to 200 characters, not \"" + purpose + "\"");
        }
        if (others.size() == MAX_FIELDS) {
            throw new IllegalArgumentException("a program declares at most " + MAX_FIELDS + " fields");
        }
        for (Field other : others) {
            if (other.key().equals(field.key())) {
                throw new IllegalArgumentException("the field " + field.key() + " is declared twice");
            }
        }
        return field;
    }

    boolean identifiesUsers() {
        return identifiesUsers;
    }

    /** Whether the program declares what it notes, so that what it did not declare is withheld. */
    boolean isInForce() {
        return inForce;
    }

    /** The recipient by its origin (RFC 6454): the scheme, the host, and the port unless it is the scheme's own. */
    String recipient() {
        String scheme = dropPoint.getScheme().toLowerCase(Locale.ROOT);
        String origin = scheme + "://" + dropPoint.getHost().toLowerCase(Locale.ROOT);
        int port = dropPoint.getPort();
        boolean usual = port < 0 || (scheme.equals("https") && port == 443) || (scheme.equals("http") && port == 80);
        return usual ? origin : origin + ":" + port;
    }

    /** Adds what a library declares, unless it may not be declared. */
    synchronized void add(String library, @Nullable Field field) {
        try {
            if (field == null || field.key() == null) {
                throw new IllegalArgumentException("a field of the library " + library + " has no key");
            }
            own.add(checked(new Field(library + "." + field.key(), field.purpose()), own));
        } catch (IllegalArgumentException refused) {
            DebugLog.say(String.valueOf(refused.getMessage()));
        }
    }

    /** The declared field of a key that is not in every report, or null. */
    synchronized @Nullable Field find(String key) {
        for (Field field : own) {
            if (field.key().equals(key)) {
                return field;
            }
        }
        return null;
    }

    /** Whether a report may hold a key at all. */
    boolean admits(String key) {
        return !inForce || isInEveryReport(key) || find(key) != null || (identifiesUsers && key.equals(USER));
    }

    /** The fields that a user can agree to or not. */
    synchronized List<Field> open() {
        List<Field> open = new ArrayList<>(own.size() + 1);
        if (identifiesUsers) {
            open.add(
                    new Field(USER, "a random number made for this installation, to count users without knowing them"));
        }
        open.addAll(own);
        return open;
    }

    /** All that a report may hold, as far as it is declared. */
    List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("date", "when the report was made"));
        fields.add(new Field("version", "which versions of the program are in use"));
        fields.add(new Field("program", "which program it is about"));
        fields.add(new Field(DROPPED, "how much had to be left out of the reports"));
        fields.add(new Field(REFUSED, "how much had to be left out of the reports"));
        fields.addAll(open());
        return fields;
    }

    /** Whether a key is written by the library alone: a program's note of that name would pass for it. */
    static boolean isTheLibrarys(String key) {
        return key.equals(USER) || isInEveryReport(key);
    }

    static boolean isInEveryReport(String key) {
        return switch (key) {
            case "date", "version", "program", DROPPED, REFUSED -> true;
            default -> false;
        };
    }
}
