package org.usagestats.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.usagestats.api.Erasure;
import org.usagestats.spi.Delivery;
import org.usagestats.spi.Delivery.Answer;

/** What every transport promises that can ask a collector for erasure, beside what all transports promise. */
public abstract class ErasingTransportContract extends TransportContract {

    /** The other end of a transport that can ask for erasure. */
    protected interface ErasingCollector extends Collector {

        /**
         * What came whole so far of the wishes for erasure.
         *
         * @return the lines, as {@link Erasure#line()} writes them, in their order
         */
        List<String> erasures();

        /**
         * The erase hashes that came with reports so far.
         *
         * @return one for each report that had one, in their order
         */
        List<String> eraseHashes();

        /**
         * Says how many erasures the collector acknowledges next, however many it was asked for.
         *
         * @param number how many
         */
        void acknowledgeNext(int number);
    }

    /** For the classes that inherit the contract. */
    protected ErasingTransportContract() {}

    @Override
    protected abstract ErasingCollector openCollector() throws IOException;

    @Override
    Answer grantedErasure() {
        return Answer.DELIVERED;
    }

    @Test
    void bringsErasuresOverTheSameWayAsReports() {
        Erasure erasure = erasure(1);

        deliver(report("note:x\n").erasableBy(erasure.hash()));
        deliver(report("note:y\n"));
        assertThat(erase(3)).isEqualTo(Answer.DELIVERED);

        assertThat(erasing().eraseHashes()).containsExactly(erasure.hash());
        assertThat(erasing().erasures())
                .containsExactly(
                        erasure(1).line(), erasure(2).line(), erasure(3).line());
        assertThat(erasing().arrived()).hasSize(2);
    }

    @Test
    void promisesErasuresOnlyIfAllAreAcknowledged() {
        for (int acknowledged : List.of(0, 2, 4, 33)) {
            erasing().acknowledgeNext(acknowledged);
            assertThat(erase(3)).as("3 erasures, %s acknowledged", acknowledged).isEqualTo(Answer.RETRY_LATER);
        }
        assertThat(erase(3)).isEqualTo(Answer.DELIVERED);
    }

    @Test
    void tellsWhatTheCollectorAnsweredToErasures() {
        for (Answer answer : List.of(Answer.REFUSED, Answer.RETRY_LATER, Answer.UNANSWERED)) {
            erasing().answerNext(answer);
            Delivery delivery = transport.erase(List.of(erasure(1)), answer == Answer.UNANSWERED ? SHORT : AMPLE);

            assertThat(delivery.answer()).isEqualTo(answer);
            assertThat(delivery.detail())
                    .isNotBlank()
                    .doesNotContain("\n", "\r", erasure(1).secret());
        }
    }

    @Test
    void asksForNoErasureOnceClosed() {
        transport.close();

        assertThat(erase(1)).isEqualTo(Answer.UNANSWERED);
        assertThat(erasing().erasures()).isEmpty();
    }

    private ErasingCollector erasing() {
        return (ErasingCollector) collector;
    }
}
