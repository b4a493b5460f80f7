package io.jenkins.plugins.sslmanager.engine.crash;

import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.inbox.StoredMessage;
import io.jenkins.plugins.sslmanager.engine.json.JsonCodec;
import io.jenkins.plugins.sslmanager.engine.sandbox.http.Exchange;
import io.jenkins.plugins.sslmanager.engine.sandbox.http.ExchangeObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;

/** Holds one answer back when what was asked is done, and looks at the disk whenever a message is confirmed. */
final class ServiceSide implements ExchangeObserver {

    private final CrashPoint point;
    private final Path inbox;
    private final Supplier<List<Long>> confirmed;
    private final JsonCodec codec = new JsonCodec();
    private final AtomicInteger seen = new AtomicInteger();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch killed = new CountDownLatch(1);
    private final List<String> violations = new CopyOnWriteArrayList<>();

    /** @param confirmed the messages that are out of the queue */
    ServiceSide(CrashPoint point, Path inbox, Supplier<List<Long>> confirmed) {
        this.point = point;
        this.inbox = inbox;
        this.confirmed = confirmed;
    }

    @Override
    public void exchanged(Exchange exchange) {
        if (exchange.task() == Task.POLL_CONFIRM) {
            confirmed.get().forEach(this::requireStored);
        }
        if (exchange.task() == point.request() && seen.incrementAndGet() == point.occurrence()) {
            reached.countDown();
            await(killed);
        }
    }

    private void requireStored(long messageId) {
        try {
            byte[] json = Files.readAllBytes(inbox.resolve(messageId + ".json"));
            if (codec.decode(json, StoredMessage.class).id() == messageId) {
                return;
            }
            violations.add(messageId + " was confirmed, and another message is in its file");
        } catch (IOException | JacksonException e) {
            violations.add(messageId + " was confirmed before it was on disk: " + e);
        }
    }

    boolean reached() {
        return await(reached);
    }

    void killed() {
        killed.countDown();
    }

    List<String> violations() {
        return List.copyOf(violations);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
