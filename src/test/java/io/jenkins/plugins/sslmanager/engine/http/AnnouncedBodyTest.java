package io.jenkins.plugins.sslmanager.engine.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the pace relies on of the JDK's client, whose documentation does not say when it asks for a body's length. */
class AnnouncedBodyTest {
    private final AtomicInteger announced = new AtomicInteger();
    private final HttpRoute route = HttpRoute.direct(TransportFixture.patient());

    @Test
    void aRequestIsAnnouncedBeforeItArrives() throws Exception {
        AtomicInteger beforeItsArrival = new AtomicInteger();
        try (FaultyServer server = FaultyServer.start((self, connection) -> {
            beforeItsArrival.set(announced.get());
            connection.getOutputStream().write(FaultyServer.http(200, "application/json", "{}"));
        })) {
            assertEquals(
                    200,
                    sent(server.url()).orTimeout(20, TimeUnit.SECONDS).join().statusCode());
            assertTrue(beforeItsArrival.get() > 0);
        }
    }

    @Test
    void aRequestIsNotAnnouncedWhileItsConnectionIsBeingMade() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<?> sent = sent(URI.create("https://127.0.0.1:" + listener.getLocalPort()));
            try (Socket connection = listener.accept()) {
                assertEquals(22, connection.getInputStream().read(), "a TLS handshake begins (RFC 8446, 5.1)");
                assertEquals(0, announced.get());
            } finally {
                sent.cancel(true);
            }
        }
    }

    private CompletableFuture<HttpResponse<byte[]>> sent(URI url) {
        return route.send(
                HttpRequest.newBuilder(url)
                        .version(HttpClient.Version.HTTP_1_1)
                        .method("GET", new AnnouncedBody(BodyPublishers.noBody(), announced::incrementAndGet)),
                HttpResponse.BodyHandlers.ofByteArray());
    }
}
