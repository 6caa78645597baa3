package org.usagestats.transport.http;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** An answer's body of at most 64 KiB; a longer one fails, and its connection ends. */
final class CappedBody implements BodySubscriber<byte[]> {

    private static final int LIMIT = 64 * 1024;

    private final BodySubscriber<byte[]> body = BodySubscribers.ofByteArray();
    private Flow.@Nullable Subscription subscription;
    private long length;

    @Override
    public CompletionStage<byte[]> getBody() {
        return body.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription incoming) {
        subscription = incoming;
        body.onSubscribe(incoming);
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
        for (ByteBuffer piece : pieces) {
            length += piece.remaining();
        }
        if (length > LIMIT) {
            Objects.requireNonNull(subscription).cancel();
            body.onError(new IOException("the answer is longer than " + LIMIT + " bytes"));
        } else {
            body.onNext(pieces);
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.onError(failure);
    }

    @Override
    public void onComplete() {
        body.onComplete();
    }
}
