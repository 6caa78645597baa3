package org.usagestats.server.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.usagestats.server.http.Refusal;

/** The tokens that a collector knows, as hashes, and what each is for. Immutable. */
final class Tokens {

    private static final Pattern LINE = Pattern.compile("([A-Za-z,]+)[ \t]+(\\S+)");

    /** What RFC 6750 allows in a header and RFC 3986 in the query of an address, and long enough not to be guessed. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~-]{20,200}");

    private static final int SHORTEST = 20;

    private final List<Token> tokens;

    private static final class Token {
        private final byte[] hash;
        private final Set<Scope> scopes;

        private Token(byte[] hash, Set<Scope> scopes) {
            this.hash = hash;
            this.scopes = scopes;
        }
    }

    private Tokens(List<Token> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    static Tokens none() {
        return new Tokens(List.of());
    }

    /** These and one more. */
    Tokens and(String token, Set<Scope> scopes) {
        if (!TOKEN.matcher(token).matches()) {
            throw new IllegalArgumentException(
                    "a token is 20 to 200 of the characters A-Z, a-z, 0-9, '.', '_', '~' and '-'");
        }
        List<Token> more = new ArrayList<>(tokens);
        more.add(new Token(hash(token), EnumSet.copyOf(scopes)));
        return new Tokens(more);
    }

    /**
     * These and those of a text: one a line, or between semicolons, after its scopes; what begins with # is passed over.
     *
     * @param source where the text is from, for the message that never repeats it
     */
    Tokens and(String text, String source) {
        Tokens all = this;
        int number = 0;
        for (String line : text.split("[\n;]", -1)) {
            number++;
            String entry = line.strip();
            if (!entry.isEmpty() && !entry.startsWith("#")) {
                all = all.and(entry, source, number);
            }
        }
        if (all == this) {
            throw new IllegalArgumentException(source + " has no token");
        }
        return all;
    }

    private Tokens and(String entry, String source, int number) {
        Matcher parts = LINE.matcher(entry);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    source + ", line " + number + ": a token stands after its scopes, such as: query,export TOKEN");
        }
        try {
            return and(parts.group(2), scopes(parts.group(1)));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(source + ", line " + number + ": " + wrong.getMessage(), wrong);
        }
    }

    private static Set<Scope> scopes(String words) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String word : words.split(",", -1)) {
            scopes.add(scope(word));
        }
        return scopes;
    }

    private static Scope scope(String word) {
        for (Scope scope : Scope.values()) {
            if (scope.name().equalsIgnoreCase(word)) {
                return scope;
            }
        }
        String words = Arrays.stream(Scope.values()).map(Scope::word).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("there is no scope " + shown(word) + ", there are " + words);
    }

    /** What is as long as a token may be one that stands at the wrong place. */
    private static String shown(String word) {
        return word.length() < SHORTEST ? "\"" + word + "\"" : "of that name";
    }

    /** Whether a token has this very scope. */
    boolean anyFor(Scope scope) {
        return tokens.stream().anyMatch(token -> token.scopes.contains(scope));
    }

    /** Whether a token lets its holder do this. */
    boolean anyLets(Scope wanted) {
        return tokens.stream().anyMatch(token -> includes(token.scopes, wanted));
    }

    /** Whether the holder of a token may do this. */
    boolean lets(String presented, Scope wanted) {
        return includes(scopesOf(presented), wanted);
    }

    /** Refuses a token that is not known or not for this; the answer says how one is to be given. */
    void require(String presented, Scope wanted, String how) throws Refusal {
        Set<Scope> scopes = scopesOf(presented);
        if (scopes.isEmpty()) {
            throw Refusal.ofRequest(401, "invalid token", how);
        }
        if (!includes(scopes, wanted)) {
            throw Refusal.ofRequest(403, "not with this token", "it lacks the scope " + wanted.word());
        }
    }

    private static boolean includes(Set<Scope> scopes, Scope wanted) {
        return scopes.contains(wanted)
                || scopes.contains(Scope.ADMIN)
                || (wanted == Scope.VIEW && scopes.contains(Scope.QUERY));
    }

    /** What a token is for; nothing if it is not known. Takes the same time whichever it is, and however nearly. */
    Set<Scope> scopesOf(String presented) {
        byte[] hash = hash(presented);
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (Token token : tokens) {
            if (MessageDigest.isEqual(token.hash, hash)) {
                scopes.addAll(token.scopes);
            }
        }
        return scopes;
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
