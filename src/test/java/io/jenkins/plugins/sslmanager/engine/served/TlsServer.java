package io.jenkins.plugins.sslmanager.engine.served;

import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxCa;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** The JDK's TLS server on a loopback port; of several identities, each connection gets the next one. */
public class TlsServer implements AutoCloseable {

    /** What a server has before TLS. */
    @FunctionalInterface
    public interface Greeting {
        void exchange(BufferedReader in, Socket connection) throws IOException;
    }

    /** A key with its certificate. */
    public record Identity(KeyPair keys, X509Certificate leaf) {

        public static Identity of(String name) {
            return of(name, Instant.now());
        }

        static Identity of(String name, Instant from) {
            KeyPair keys = KeyAlgorithm.EC_P256.generate();
            return new Identity(keys, SandboxCa.shared().issue(keys.getPublic(), List.of(name), from));
        }

        /** As a server finds it in its folder. */
        public void writeTo(Path folder) throws IOException {
            Files.writeString(folder.resolve("key.pem"), Pem.encode(keys.getPrivate()));
            Files.writeString(
                    folder.resolve("fullchain.pem"),
                    Pem.encode(leaf) + Pem.encode(SandboxCa.shared().intermediate()));
        }

        PresentedCertificate presented() {
            return PresentedCertificate.of(leaf);
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ServerSocket socket;
    private final Thread thread;
    private final Greeting greeting;
    private final AtomicInteger connections = new AtomicInteger();
    private volatile List<Identity> identities;

    /** The names that clients asked for. */
    final Queue<String> askedFor = new ConcurrentLinkedQueue<>();

    TlsServer(InetAddress address, int port, Greeting greeting, Identity... identities) throws IOException {
        this.greeting = greeting;
        this.identities = List.of(identities);
        socket = new ServerSocket();
        socket.bind(new InetSocketAddress(address, port));
        thread = new Thread(this::serve, "TLS server of a test");
        thread.setDaemon(true);
        thread.start();
    }

    public static TlsServer on(InetAddress address, Identity... identities) throws IOException {
        return new TlsServer(address, 0, (in, connection) -> {}, identities);
    }

    /** Presents what lies in a folder at the time of each connection: {@code key.pem} and {@code fullchain.pem}. */
    public static TlsServer ofFolder(InetAddress address, int port, Path folder) throws IOException {
        return new TlsServer(address, port, (in, connection) -> {}) {
            @Override
            Identity next() throws IOException {
                X509Certificate leaf = Pem.certificates(Files.readString(folder.resolve("fullchain.pem")))
                        .get(0);
                return new Identity(
                        new KeyPair(leaf.getPublicKey(), Pem.privateKey(Files.readString(folder.resolve("key.pem")))),
                        leaf);
            }
        };
    }

    /** On the IPv4 address of this machine's loopback. */
    public static TlsServer local(Identity... identities) throws IOException {
        return on(InetAddress.getByName("127.0.0.1"), identities);
    }

    public static TlsServer greeting(Greeting greeting, Identity... identities) throws IOException {
        return new TlsServer(InetAddress.getByName("127.0.0.1"), 0, greeting, identities);
    }

    public int port() {
        return socket.getLocalPort();
    }

    public int connections() {
        return connections.get();
    }

    public void present(Identity... next) {
        identities = List.of(next);
    }

    public static void say(Socket connection, String line) throws IOException {
        connection.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    Identity next() throws IOException {
        List<Identity> now = identities;
        return now.get(connections.getAndIncrement() % now.size());
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept()) {
                Identity identity = next();
                greeting.exchange(
                        new BufferedReader(
                                new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII), 1),
                        connection);
                SSLSocket tls = (SSLSocket) context(identity).getSocketFactory().createSocket(connection, null, false);
                tls.startHandshake();
                ((ExtendedSSLSession) tls.getSession())
                        .getRequestedServerNames()
                        .forEach(name -> askedFor.add(new String(name.getEncoded(), StandardCharsets.US_ASCII)));
                tls.close();
            } catch (SSLException e) {
                // The client has left.
                continue;
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    continue;
                }
            }
        }
    }

    private static SSLContext context(Identity identity) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("key", identity.keys().getPrivate(), new char[0], new Certificate[] {
                identity.leaf(), SandboxCa.shared().intermediate()
            });
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits, since the port is taken as long as a thread is about to accept there. */
    @Override
    public void close() throws IOException {
        socket.close();
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
