package org.usagestats.server;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.usagestats.server.http.Refusal;
import org.usagestats.server.records.Lines;

/** Passes on the reports that come after the last that a client has, which it names by the SHA-256 of its line. */
final class LinesAfter implements Lines.Taker {

    private static final String FORM = "[0-9a-f]{64}";

    private final String last;
    private final Lines.Taker to;
    private final MessageDigest sha256;
    private boolean found;

    /**
     * Begins before the first report.
     *
     * @param last the SHA-256 of the line, in hexadecimal digits
     * @throws Refusal if it is none
     */
    LinesAfter(String last, Lines.Taker to) throws Refusal {
        if (!last.matches(FORM)) {
            throw Refusal.ofRequest(
                    400, "after is ill-formed", "it is the SHA-256 of the last line, in 64 hexadecimal digits");
        }
        this.last = last;
        this.to = to;
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java has SHA-256", impossible);
        }
    }

    @Override
    public void take(byte[] json) throws IOException {
        if (found) {
            to.take(json);
        } else {
            found = HexFormat.of().formatHex(sha256.digest(json)).equals(last);
        }
    }

    /**
     * Says that these were all.
     *
     * @throws Refusal if the client's last report was not among them
     */
    void end() throws Refusal {
        if (!found) {
            throw Refusal.ofRequest(410, "the report after which to go on is not there", "begin again, without after");
        }
    }
}
