package io.jenkins.plugins.sslmanager.account;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.http.ServiceAccount;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** How long passwords are kept in memory, which sign in alike, and which threads do the work. */
class ConnectionsTest {

    private final Connections connections = new Connections();
    private final Object first = connected("hunter2");

    private Object connected(String password) {
        return connections.connection(
                "id", Protocol.JSON, new ServiceAccount(URI.create("https://ssl.example.com"), "user", password, 4));
    }

    @Test
    void theSamePasswordIsTheSameConnectionAndAnotherIsAnother() {
        Object wrong = connected("any");

        assertNotSame(first, wrong);
        assertSame(first, connected("hunter2"));
        assertSame(wrong, connected("any"));
    }

    @Test
    void passwordOfAnAccountThatIsGoneIsForgotten() {
        connections.forgetUnused(Set.of("id"), Instant.now());
        assertSame(first, connected("hunter2"));

        connections.forgetUnused(Set.of("other"), Instant.now());

        assertNotSame(first, connected("hunter2"));
    }

    /** Not wanted: two slow disks stopped the timers of all. */
    @Test
    void diskThatBlocksWhatFollowsAPauseStopsNoTimer() throws Exception {
        CountDownLatch disk = new CountDownLatch(1);
        for (int blocked = 0; blocked < 3; blocked++) {
            // Long enough that it has not ended before it is known what follows, which would be done here then.
            connections.pauses().pause(Duration.ofMillis(300)).thenRun(() -> await(disk));
        }
        connections.pauses().pause(Duration.ofMillis(300)).get(10, TimeUnit.SECONDS);

        connections.pauses().pause(Duration.ofMillis(1)).get(10, TimeUnit.SECONDS);

        disk.countDown();
    }

    @Test
    void whatFollowsAnAnswerOrItsTimeLimitIsDoneByAWorker() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        CompletableFuture<String> worker = connections
                .handedOver(answer)
                .handle((text, late) -> Thread.currentThread().getName());

        answer.completeExceptionally(new TimeoutException());

        String name = worker.orTimeout(10, TimeUnit.SECONDS).join();
        assertTrue(name.startsWith("SSL Manager work"), name);
    }

    @Test
    void requestEndsWhenNobodyWantsItsAnswer() {
        CompletableFuture<String> request = new CompletableFuture<>();

        connections.handedOver(request).cancel(true);

        assertTrue(request.isCancelled());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void passwordThatNobodyUsesIsForgottenAfterAnHour() {
        connections.forgetUnused(Set.of("id"), Instant.now().plus(Duration.ofMinutes(61)));

        assertNotSame(first, connected("hunter2"));
    }
}
