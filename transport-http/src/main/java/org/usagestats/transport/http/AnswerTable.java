package org.usagestats.transport.http;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.usagestats.spi.Delivery;
import org.usagestats.spi.Delivery.Answer;

/**
 * What the answer to a request means for what was sent: a report, or a list of erasures.
 *
 * <p>Only an answer that names it decides about it, and beside it, for a report, the plain {@code stored} of the collectors
 * that know no names; everything else may come from a portal or a proxy, or be the server's fault.
 */
final class AnswerTable {

    private static final byte[] STORED = "stored".getBytes(StandardCharsets.US_ASCII);

    /** How long a collector is left alone that answered with an error of the client's kind. */
    private static final Duration CLIENT_ERROR_PAUSE = Duration.ofHours(1);

    private static final int PROXY_LOGIN = 407;

    private final HttpResponse<byte[]> response;

    /** The words by which a collector names what was sent. */
    private final String name;

    /** Whether that is a report, which can be rejected for good. */
    private final boolean isReport;

    private AnswerTable(HttpResponse<byte[]> response, String name, boolean isReport) {
        this.response = response;
        this.name = name;
        this.isReport = isReport;
    }

    /** Reads the answer to the report of this id. */
    static Delivery ofReport(HttpResponse<byte[]> response, UUID id) {
        return new AnswerTable(response, id.toString(), true).delivery();
    }

    /** Reads the answer to a list of so many erasures. */
    static Delivery ofErasures(HttpResponse<byte[]> response, int lines) {
        return new AnswerTable(response, "erasures " + lines, false).delivery();
    }

    private Delivery delivery() {
        Answer answer = answer();
        return new Delivery(answer, pause(answer), detail(answer));
    }

    private Answer answer() {
        int status = response.statusCode();
        return switch (status) {
            case 408, 425, 429, 503 -> Answer.RETRY_LATER;
            case 400, 409, 413, 415, 422 -> reason().isPresent() ? Answer.REJECTED : Answer.REFUSED;
            default -> {
                if (isAcknowledged()) {
                    yield Answer.DELIVERED;
                }
                yield status >= 400 ? Answer.REFUSED : Answer.RETRY_LATER;
            }
        };
    }

    /** An acknowledgement of something else is none, even with the right body: caches answer so. */
    private boolean isAcknowledged() {
        Optional<String> acknowledged = header("Usagestats-Ack");
        if (acknowledged.isPresent()) {
            return response.statusCode() / 100 == 2 && acknowledged.get().equals(name);
        }
        return isReport && response.statusCode() == 200 && Arrays.equals(response.body(), STORED);
    }

    /** Why this report is rejected, if the collector named it. */
    private Optional<String> reason() {
        return header("Usagestats-Reject")
                .filter(value -> isReport && (value.equals(name) || value.startsWith(name + " ")))
                .map(value -> value.substring(name.length()).trim());
    }

    private Optional<Duration> pause(Answer answer) {
        int status = response.statusCode();
        if (status < 400 || answer == Answer.REJECTED) {
            return Optional.empty();
        }
        Optional<Duration> asked = header("Retry-After").flatMap(value -> RetryAfter.parse(value, Instant.now()));
        if (answer == Answer.RETRY_LATER || status >= 500) {
            return asked;
        }
        return asked.filter(pause -> pause.compareTo(CLIENT_ERROR_PAUSE) > 0).or(() -> Optional.of(CLIENT_ERROR_PAUSE));
    }

    private String detail(Answer answer) {
        int code = response.statusCode();
        String status = "HTTP " + code + (code == PROXY_LOGIN ? ", the proxy asks for a name and a password" : "");
        return switch (answer) {
            case DELIVERED -> status + ", acknowledged";
            case REJECTED -> OneLine.of(status + ", rejected: " + reason().orElse(""));
            case REFUSED, UNANSWERED -> status;
            case RETRY_LATER -> response.statusCode() < 400 ? status + ", no acknowledgement" : status;
        };
    }

    private Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }
}
