package io.jenkins.plugins.sslmanager.engine.reissue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.sslmanager.engine.Protocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands between the client and a service, notes what is asked, and lets a test lose, replace or rewrite it. */
final class Relay implements AutoCloseable {

    private static final List<String> PASSED_ON = List.of(
            "Authorization", "X-Domainrobot-Context", "X-Domainrobot-Ctid", "User-Agent", "Content-Type", "Accept");

    record Answer(int status, String contentType, String body) {

        Answer replacing(String regex, String replacement) {
            return new Answer(status, contentType, body.replaceAll(regex, replacement));
        }
    }

    /** Asks the service behind the relay. */
    @FunctionalInterface
    interface Service {
        Answer ask();
    }

    /** What becomes of a request; no answer (null) closes the connection. */
    @FunctionalInterface
    interface Treatment {
        Answer treat(Service service);
    }

    static final Treatment LOST_ON_THE_WAY_THERE = service -> null;

    static final Treatment LOST_ON_THE_WAY_BACK = service -> {
        service.ask();
        return null;
    };

    static Treatment answering(int status, String contentType, String body) {
        return service -> new Answer(status, contentType, body);
    }

    static Treatment rewriting(String regex, String replacement) {
        return service -> service.ask().replacing(regex, replacement);
    }

    /** The answer comes when the test lets it. */
    static Treatment heldBack(CountDownLatch asked, CountDownLatch release) {
        return service -> {
            asked.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return service.ask();
        };
    }

    private final Protocol protocol;
    private final URI service;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Treatment> treatments = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    Relay(Protocol protocol, URI service) {
        this.protocol = protocol;
        this.service = service;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + service.getPath());
    }

    /** From now on, requests whose {@link RequestName} begins like this are treated so; the longest beginning counts. */
    void treat(String methodAndPath, Treatment treatment) {
        treatments.put(methodAndPath, treatment);
    }

    void treatNothing() {
        treatments.clear();
    }

    /** The {@link RequestName} of each, in order, such as {@code GET /poll}. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    long count(String methodAndPath) {
        return requests.stream()
                .filter(request -> request.startsWith(methodAndPath))
                .count();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI()
                    .getPath()
                    .substring(service.getPath().length());
            String request = RequestName.of(protocol, exchange.getRequestMethod(), path, body);
            requests.add(request);
            Answer answer = treatmentOf(request).treat(() -> ask(exchange, path, body));
            if (answer != null) {
                byte[] content = answer.body().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", answer.contentType());
                exchange.sendResponseHeaders(answer.status(), content.length == 0 ? -1 : content.length);
                exchange.getResponseBody().write(content);
            }
        }
    }

    private Treatment treatmentOf(String request) {
        return treatments.entrySet().stream()
                .filter(entry -> request.startsWith(entry.getKey()))
                .max(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .orElse(Service::ask);
    }

    private Answer ask(HttpExchange exchange, String path, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service + path))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders()
                .forEach((name, values) -> PASSED_ON.stream()
                        .filter(name::equalsIgnoreCase)
                        .forEach(passed -> request.setHeader(passed, values.get(0))));
        try {
            HttpResponse<String> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.body());
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
