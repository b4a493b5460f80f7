package io.jenkins.plugins.sslmanager.engine.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A sandbox on a port of 127.0.0.1, for nobody but this machine. */
public final class SandboxServer implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(SandboxServer.class.getName());
    private static final int ANY_PORT = 0;
    /** Tests hold the answers to several requests back. */
    private static final int THREADS = 16;

    private static final int LARGEST_BODY = 1024 * 1024;
    private static final int CONTENT_TOO_LARGE = 413;
    private static final int NO_BODY = -1;

    private final HttpServer server;
    private final ExecutorService threads;
    private final ExchangeObserver observer;

    private SandboxServer(HttpServer server, Sandbox sandbox, ExchangeObserver observer) {
        this.server = server;
        this.observer = observer;
        threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "SSL Manager sandbox");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        for (Protocol protocol : Protocol.values()) {
            Endpoint endpoint = endpoint(protocol, sandbox);
            server.createContext(path(protocol), exchange -> handle(exchange, endpoint));
        }
    }

    /** On any free port. */
    public static SandboxServer start(Sandbox sandbox) {
        return start(sandbox, ANY_PORT);
    }

    /** @throws UncheckedIOException if the port is taken */
    public static SandboxServer start(Sandbox sandbox, int port) {
        return start(sandbox, port, exchange -> {});
    }

    /**
     * @param port 0 for any that is free
     * @throws UncheckedIOException if the port is taken
     */
    public static SandboxServer start(Sandbox sandbox, int port, ExchangeObserver observer) {
        try {
            InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
            SandboxServer started = new SandboxServer(server, sandbox, observer);
            server.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The sandbox cannot listen on port " + port + " of 127.0.0.1: " + e.getMessage()
                            + ". Choose another port, or end the program that has it.",
                    e);
        }
    }

    /** What answers the requests of one of the protocols. */
    public static Endpoint endpoint(Protocol protocol, Sandbox sandbox) {
        return switch (protocol) {
            case JSON -> new JsonEndpoint(sandbox);
            case XML -> new XmlEndpoint(sandbox);
        };
    }

    /** Returns the base URL of one of the APIs. */
    public URI url(Protocol protocol) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path(protocol));
    }

    private static String path(Protocol protocol) {
        return switch (protocol) {
            case JSON -> "/v1";
            case XML -> "/gateway";
        };
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange, Endpoint endpoint) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
            if (body.length > LARGEST_BODY) {
                exchange.sendResponseHeaders(CONTENT_TOO_LARGE, NO_BODY);
                return;
            }
            EndpointReply reply = endpoint.answer(new EndpointRequest(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI()
                            .getPath()
                            .substring(exchange.getHttpContext().getPath().length()),
                    exchange.getRequestHeaders()::getFirst,
                    body));
            observer.exchanged(observed(exchange, body, reply));
            reply.sendTo(exchange);
        } catch (RuntimeException e) {
            // the server itself would close the connection without a word
            LOG.log(System.Logger.Level.ERROR, "The sandbox failed", e);
            throw e;
        }
    }

    private static Exchange observed(HttpExchange exchange, byte[] body, EndpointReply reply) {
        URI uri = exchange.getRequestURI();
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(exchange.getRequestHeaders());
        SandboxTask task = reply.task();
        return new Exchange(
                task == null ? null : task.task(),
                exchange.getRequestMethod(),
                uri.getPath(),
                Optional.ofNullable(uri.getRawQuery()).orElse(""),
                headers,
                body,
                reply.status(),
                reply.headers(),
                reply.body());
    }
}
