package org.usagestats.transport.http;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.usagestats.spi.Delivery.Answer;
import org.usagestats.spi.TransportProvider;
import org.usagestats.testkit.ArrivedRequest;
import org.usagestats.testkit.ErasingTransportContract;
import org.usagestats.testkit.LoopbackCollector;
import org.usagestats.testkit.ScriptedAnswer;

class HttpTransportContractTest extends ErasingTransportContract {

    @Override
    protected TransportProvider provider() {
        return new HttpTransportProvider();
    }

    @Override
    protected ErasingCollector openCollector() throws IOException {
        LoopbackCollector collector = LoopbackCollector.open();
        return new ErasingCollector() {
            @Override
            public URI dropPoint() {
                return collector.dropPoint();
            }

            @Override
            public void answerNext(Answer answer) {
                collector.answerNext(scripted(answer));
            }

            @Override
            public List<byte[]> arrived() {
                return reports().map(ArrivedRequest::body).toList();
            }

            @Override
            public List<String> erasures() {
                return collector.received().stream()
                        .filter(ArrivedRequest::isErasure)
                        .flatMap(request -> request.text().lines())
                        .toList();
            }

            @Override
            public List<String> eraseHashes() {
                return reports()
                        .flatMap(request -> request.header("Usagestats-Erase").stream())
                        .toList();
            }

            @Override
            public void acknowledgeNext(int number) {
                collector.answerNext(ScriptedAnswer.of(200, "stored", "Usagestats-Ack: erasures " + number));
            }

            private Stream<ArrivedRequest> reports() {
                return collector.received().stream().filter(request -> !request.isErasure());
            }

            @Override
            public void close() throws IOException {
                collector.close();
            }
        };
    }

    private static ScriptedAnswer scripted(Answer answer) {
        return switch (answer) {
            case DELIVERED -> ScriptedAnswer.stored();
            case REJECTED -> ScriptedAnswer.rejected(400, "no date");
            case REFUSED -> ScriptedAnswer.of(500, "broken");
            case RETRY_LATER -> ScriptedAnswer.of(503, "busy");
            case UNANSWERED -> ScriptedAnswer.never();
        };
    }
}
