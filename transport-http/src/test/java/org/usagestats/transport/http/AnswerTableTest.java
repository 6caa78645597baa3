package org.usagestats.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.usagestats.api.Erasure;
import org.usagestats.api.Report;
import org.usagestats.spi.Delivery;
import org.usagestats.spi.Delivery.Answer;
import org.usagestats.spi.TransportConfig;
import org.usagestats.spi.TransportConfig.Plaintext;
import org.usagestats.testkit.LoopbackCollector;
import org.usagestats.testkit.ScriptedAnswer;

/** What was sent, and what its collector's answer means for it, over a real connection. */
class AnswerTableTest {

    private static final String ID_TEXT = "0f0e0d0c-1111-4222-8333-444455556666";
    private static final UUID ID = UUID.fromString(ID_TEXT);
    private static final String OTHER_ID = "aaaaaaaa-1111-4222-8333-444455556666";

    private LoopbackCollector collector;
    private HttpTransport transport;

    @BeforeEach
    void open() throws IOException {
        collector = LoopbackCollector.open();
        transport = HttpTransport.open(
                new TransportConfig(collector.dropPoint(), Plaintext.LOOPBACK, Optional.empty()), Map.of());
    }

    @AfterEach
    void close() throws IOException {
        transport.close();
        collector.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void isDeliveredByAnAcknowledgementOfItsId(int status) {
        assertThat(deliver(ScriptedAnswer.of(status, "", "usagestats-ack: " + ID))
                        .answer())
                .isEqualTo(Answer.DELIVERED);
    }

    @Test
    void isDeliveredByThePlainWordOfTheOriginalCollectors() {
        assertThat(deliver(ScriptedAnswer.of(200, "stored")).answer()).isEqualTo(Answer.DELIVERED);
    }

    @ParameterizedTest
    @CsvSource({
        "200,stored.",
        "200,Stored",
        "200,''",
        "201,stored",
        "204,''",
        "300,stored",
        "302,''",
        "304,''",
        "399,''",
        "200,<html><body>Welcome! Please log in to the hotel network: not stored</body></html>"
    })
    void isKeptByAnyOtherSuccessAndAnyRedirect(int status, String body) {
        Delivery delivery = deliver(ScriptedAnswer.of(status, body, "Retry-After: 9"));

        assertThat(delivery.answer()).isEqualTo(Answer.RETRY_LATER);
        assertThat(delivery.pause()).isEmpty();
    }

    @Test
    void isKeptByAnAcknowledgementOfAnotherReport() {
        ScriptedAnswer replayed = ScriptedAnswer.of(200, "stored", "Usagestats-Ack: " + OTHER_ID);

        assertThat(deliver(replayed).answer()).isEqualTo(Answer.RETRY_LATER);
    }

    @Test
    void followsNoRedirect() {
        Delivery delivery = deliver(ScriptedAnswer.of(307, "", "Location: " + collector.dropPoint()));

        assertThat(delivery.answer()).isEqualTo(Answer.RETRY_LATER);
        assertThat(collector.received()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 413, 415, 422})
    void isRejectedWhenTheCollectorNamesIt(int status) {
        Delivery delivery = deliver(ScriptedAnswer.rejected(status, "no date"));

        assertThat(delivery).isEqualTo(Delivery.of(Answer.REJECTED, "HTTP " + status + ", rejected: no date"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 451, 499})
    void isRefusedForAnHourByAnyOtherErrorOfTheClientsKind(int status) {
        ScriptedAnswer answer = ScriptedAnswer.of(status, "no", "Usagestats-Reject: " + OTHER_ID + " no date");

        assertThat(deliver(answer)).isEqualTo(Delivery.of(Answer.REFUSED, Duration.ofHours(1), "HTTP " + status));
    }

    @Test
    void isRefusedByAProxyThatAsksForALogin() {
        assertThat(deliver(ScriptedAnswer.of(407, "who?")))
                .isEqualTo(Delivery.of(
                        Answer.REFUSED, Duration.ofHours(1), "HTTP 407, the proxy asks for a name and a password"));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 410, 500, 501})
    void isNotRejectedByAStatusThatDoesNotReject(int status) {
        assertThat(deliver(ScriptedAnswer.rejected(status, "gone")).answer()).isEqualTo(Answer.REFUSED);
    }

    @Test
    void isRefusedForLongerThanAnHourIfAsked() {
        assertThat(deliver(ScriptedAnswer.of(403, "", "Retry-After: 7200")).pause())
                .hasValue(Duration.ofHours(2));
        assertThat(deliver(ScriptedAnswer.of(403, "", "Retry-After: 60")).pause())
                .hasValue(Duration.ofHours(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 501, 502, 504, 507, 599})
    void isRefusedByAnErrorOfTheServersKind(int status) {
        assertThat(deliver(ScriptedAnswer.of(status, "stored", "Usagestats-Ack: " + ID)))
                .isEqualTo(Delivery.of(Answer.REFUSED, "HTTP " + status));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 503})
    void isKeptForAsLongAsABusyCollectorAsks(int status) {
        assertThat(deliver(ScriptedAnswer.of(status, "", "Retry-After: 120")))
                .isEqualTo(Delivery.of(Answer.RETRY_LATER, Duration.ofMinutes(2), "HTTP " + status));
        assertThat(deliver(ScriptedAnswer.of(status, "", "Retry-After: soon")).pause())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void erasuresAreDeliveredByAnAcknowledgementOfTheirNumber(int status) {
        assertThat(erase(ScriptedAnswer.of(status, "", "usagestats-ack: erasures 2"))
                        .answer())
                .isEqualTo(Answer.DELIVERED);
    }

    @ParameterizedTest
    @CsvSource({
        "200,stored,X: y",
        "200,'',Usagestats-Ack: erasures 1",
        "200,'',Usagestats-Ack: erasures 20",
        "200,'',Usagestats-Ack: erasures",
        "200,'',Usagestats-Ack: " + ID_TEXT,
        "302,'',Usagestats-Ack: erasures 2",
        "304,'',X: y"
    })
    void erasuresAreKeptByAnyOtherSuccessAndAnyRedirect(int status, String body, String header) {
        assertThat(erase(ScriptedAnswer.of(status, body, header)))
                .isEqualTo(Delivery.of(Answer.RETRY_LATER, "HTTP " + status + ", no acknowledgement"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 409, 413, 415, 422})
    void erasuresAreNeverRejected(int status) {
        assertThat(erase(ScriptedAnswer.of(status, "", "Usagestats-Reject: erasures 2 no")))
                .isEqualTo(Delivery.of(Answer.REFUSED, Duration.ofHours(1), "HTTP " + status));
    }

    @ParameterizedTest
    @CsvSource({"408,RETRY_LATER", "425,RETRY_LATER", "429,RETRY_LATER", "503,RETRY_LATER", "500,REFUSED", "507,REFUSED"
    })
    void erasuresWaitForAsLongAsTheCollectorAsks(int status, Answer answer) {
        assertThat(erase(ScriptedAnswer.of(status, "", "Retry-After: 120", "Usagestats-Ack: erasures 2")))
                .isEqualTo(Delivery.of(answer, Duration.ofMinutes(2), "HTTP " + status));
    }

    @Test
    void answersNoCallForAPassword() {
        Authenticator.setDefault(new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication("user", "secret".toCharArray());
            }
        });
        try {
            assertThat(deliver(ScriptedAnswer.of(401, "", "WWW-Authenticate: Basic realm=\"here\""))
                            .answer())
                    .isEqualTo(Answer.REFUSED);
        } finally {
            Authenticator.setDefault(null);
        }
        assertThat(collector.received()).hasSize(1);
    }

    private Delivery deliver(ScriptedAnswer answer) {
        collector.answerNext(answer);
        return transport.deliver(Report.of(ID, new byte[] {'x'}), Duration.ofSeconds(20));
    }

    private Delivery erase(ScriptedAnswer answer) {
        collector.answerNext(answer);
        Erasure erasure = new Erasure(ID, "0".repeat(64));
        return transport.erase(List.of(erasure, erasure), Duration.ofSeconds(20));
    }
}
