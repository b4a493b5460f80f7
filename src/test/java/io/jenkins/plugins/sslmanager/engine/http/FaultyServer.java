package io.jenkins.plugins.sslmanager.engine.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A loopback server that treats its connections as scripted, one entry each; the last serves all further ones. */
public final class FaultyServer implements AutoCloseable {
    private static final Pattern CONTENT_LENGTH = Pattern.compile("(?im)^Content-Length: *(\\d+)");
    private static final long PATIENCE_SECONDS = 20;

    /** What happens to a connection whose request has been read; the connection is closed afterwards. */
    @FunctionalInterface
    public interface Behaviour {
        void serve(FaultyServer server, Socket connection) throws IOException;
    }

    private final ServerSocket listener;
    private final List<Behaviour> script;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "faulty-server");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> arrivals = new LinkedBlockingQueue<>();
    private final CountDownLatch abandoned = new CountDownLatch(1);

    private FaultyServer(int port, Behaviour... script) {
        this.script = List.of(script);
        try {
            listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    public static FaultyServer start(Behaviour... script) {
        return new FaultyServer(0, script);
    }

    public static FaultyServer startOn(int port, Behaviour... script) {
        return new FaultyServer(port, script);
    }

    /** A port that refuses connections. */
    public static int closedPort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Behaviour answer(byte[] raw) {
        return cutAfter(raw, raw.length);
    }

    public static Behaviour cutAfter(byte[] raw, int bytes) {
        return (server, connection) -> connection.getOutputStream().write(raw, 0, bytes);
    }

    /** Sends no more than that, and leaves the connection open until the client closes it. */
    public static Behaviour stallAfter(byte[] raw, int bytes) {
        return (server, connection) -> {
            connection.getOutputStream().write(raw, 0, bytes);
            server.awaitClientsEnd(connection);
        };
    }

    public static Behaviour neverAnswer() {
        return stallAfter(new byte[0], 0);
    }

    public static Behaviour reset() {
        return (server, connection) -> connection.setSoLinger(true, 0);
    }

    /** Repeats the chunk after the head until the client closes the connection. */
    public static Behaviour endless(byte[] head, byte[] chunk) {
        return (server, connection) -> {
            try {
                connection.getOutputStream().write(head);
                while (true) {
                    connection.getOutputStream().write(chunk);
                }
            } catch (IOException closedByClient) {
                server.abandoned.countDown();
            }
        };
    }

    /** Answers one request, keeps the connection, and hangs up when the next request has come over it. */
    public static Behaviour answerThenHangUp(byte[] raw) {
        return (server, connection) -> {
            connection.getOutputStream().write(raw);
            server.readRequest(connection.getInputStream());
        };
    }

    /** A complete HTTP/1.1 answer. */
    public static byte[] http(int status, String contentType, String body, String... headers) {
        byte[] content = body.getBytes(UTF_8);
        StringBuilder head = new StringBuilder("HTTP/1.1 %d Status\r\n".formatted(status));
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        head.append("Content-Type: %s\r\nContent-Length: %d\r\n\r\n".formatted(contentType, content.length));
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.writeBytes(head.toString().getBytes(ISO_8859_1));
        answer.writeBytes(content);
        return answer.toByteArray();
    }

    public int port() {
        return listener.getLocalPort();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** Each request as it came, head and body, in the order of arrival. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Waits for the next request that was not yet waited for. */
    public String awaitRequest() throws InterruptedException {
        String request = arrivals.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("No request came within %d s.".formatted(PATIENCE_SECONDS));
        }
        return request;
    }

    /** Waits until a client has closed a connection that this server would have kept. */
    public void awaitAbandoned() throws InterruptedException {
        if (!abandoned.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError(
                    "The client did not close the connection within %d s.".formatted(PATIENCE_SECONDS));
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket connection : connections) {
            connection.close();
        }
        threads.shutdownNow();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                Behaviour behaviour = script.get(Math.min(connections.size(), script.size() - 1));
                connections.add(connection);
                threads.execute(() -> serve(connection, behaviour));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection, Behaviour behaviour) {
        try (connection) {
            if (readRequest(connection.getInputStream())) {
                behaviour.serve(this, connection);
            }
        } catch (IOException goneByTheClientOrByClose) {
            abandoned.countDown();
        }
    }

    private void awaitClientsEnd(Socket connection) {
        try {
            connection.getInputStream().transferTo(ByteArrayOutputStream.nullOutputStream());
        } catch (IOException reset) {
            // as good an end as any
        }
        abandoned.countDown();
    }

    private boolean readRequest(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!endsWithEmptyLine(head.toByteArray())) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            head.write(next);
        }
        Matcher length = CONTENT_LENGTH.matcher(head.toString(ISO_8859_1));
        head.writeBytes(in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0));
        requests.add(head.toString(UTF_8));
        arrivals.add(head.toString(UTF_8));
        return true;
    }

    private static boolean endsWithEmptyLine(byte[] head) {
        return head.length >= 4
                && Arrays.equals(head, head.length - 4, head.length, "\r\n\r\n".getBytes(ISO_8859_1), 0, 4);
    }
}
