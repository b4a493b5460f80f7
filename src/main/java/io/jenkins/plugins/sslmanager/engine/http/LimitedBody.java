package io.jenkins.plugins.sslmanager.engine.http;

import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** Collects an answer and breaks it off as soon as it is longer than allowed. */
final class LimitedBody implements BodySubscriber<byte[]> {
    private final BodySubscriber<byte[]> collected = BodySubscribers.ofByteArray();
    private final int status;
    private final int maxBytes;
    private Subscription subscription;
    private long received;

    private LimitedBody(int status, int maxBytes) {
        this.status = status;
        this.maxBytes = maxBytes;
    }

    static BodyHandler<byte[]> atMost(int maxBytes) {
        return answer -> new LimitedBody(answer.statusCode(), maxBytes);
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return collected.getBody();
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        this.subscription = subscription;
        collected.onSubscribe(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        received += buffers.stream().mapToInt(ByteBuffer::remaining).sum();
        if (received <= maxBytes) {
            collected.onNext(buffers);
        } else {
            subscription.cancel();
            collected.onError(new TooLong(status, maxBytes));
        }
    }

    @Override
    public void onError(Throwable failure) {
        collected.onError(failure);
    }

    @Override
    public void onComplete() {
        collected.onComplete();
    }

    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;
        private final int status;

        private TooLong(int status, int maxBytes) {
            super("it is longer than %d bytes".formatted(maxBytes));
            this.status = status;
        }

        int status() {
            return status;
        }
    }
}
