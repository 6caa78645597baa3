package org.usagestats.transport.http;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.usagestats.spi.Delivery.Answer;
import org.usagestats.spi.TransportProvider;
import org.usagestats.testkit.ArrivedRequest;
import org.usagestats.testkit.LoopbackCollector;
import org.usagestats.testkit.ScriptedAnswer;
import org.usagestats.testkit.TransportContract;

class HttpTransportContractTest extends TransportContract {

    @Override
    protected TransportProvider provider() {
        return new HttpTransportProvider();
    }

    @Override
    protected Collector openCollector() throws IOException {
        LoopbackCollector collector = LoopbackCollector.open();
        return new Collector() {
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
                return collector.received().stream().map(ArrivedRequest::body).toList();
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
