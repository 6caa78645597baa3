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
 * What the answer to one report means for it.
 *
 * <p>Only an answer that names the report decides about it, and beside it the plain {@code stored} of the collectors that
 * know no names; everything else may come from a portal or a proxy, or be the server's fault.
 */
final class AnswerTable {

    private static final byte[] STORED = "stored".getBytes(StandardCharsets.US_ASCII);

    /** How long a collector is left alone that answered with an error of the client's kind. */
    private static final Duration CLIENT_ERROR_PAUSE = Duration.ofHours(1);

    private final HttpResponse<byte[]> response;
    private final String id;

    private AnswerTable(HttpResponse<byte[]> response, UUID id) {
        this.response = response;
        this.id = id.toString();
    }

    /** Reads the answer to the report of this id. */
    static Delivery read(HttpResponse<byte[]> response, UUID id) {
        AnswerTable table = new AnswerTable(response, id);
        Answer answer = table.answer();
        return new Delivery(answer, table.pause(answer), table.detail(answer));
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

    /** An acknowledgement of another report is none, even with the right body: caches answer so. */
    private boolean isAcknowledged() {
        Optional<String> acknowledged = header("Usagestats-Ack");
        if (acknowledged.isPresent()) {
            return response.statusCode() / 100 == 2 && acknowledged.get().equals(id);
        }
        return response.statusCode() == 200 && Arrays.equals(response.body(), STORED);
    }

    /** Why this report is rejected, if the collector named it. */
    private Optional<String> reason() {
        return header("Usagestats-Reject")
                .filter(value -> value.equals(id) || value.startsWith(id + " "))
                .map(value -> value.substring(id.length()).trim());
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
        String status = "HTTP " + response.statusCode();
        return switch (answer) {
            case DELIVERED -> status + ", acknowledged";
            case REJECTED -> OneLine.of(status + ", rejected: " + reason().orElse(""));
            case REFUSED, UNANSWERED -> status;
            case RETRY_LATER -> response.statusCode() < 400 ? status + ", no acknowledgement of this report" : status;
        };
    }

    private Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }
}
