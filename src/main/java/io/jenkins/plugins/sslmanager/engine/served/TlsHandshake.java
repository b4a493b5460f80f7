package io.jenkins.plugins.sslmanager.engine.served;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Asks one address for its certificate. Nothing is sent over the connection, so it does not matter who vouches for it. */
final class TlsHandshake {

    private final TlsEndpoint endpoint;
    private final InetAddress address;
    private final Duration limit;

    /** @param limit for the whole, so that a server that answers by drops holds nobody up */
    TlsHandshake(TlsEndpoint endpoint, InetAddress address, Duration limit) {
        this.endpoint = endpoint;
        this.address = address;
        this.limit = limit;
    }

    /** @throws IOException if there is no connection or no TLS */
    PresentedCertificate leaf() throws IOException {
        AtomicBoolean isTooLate = new AtomicBoolean();
        try (Socket connection = new Socket()) {
            Executor afterTheLimit = CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS);
            CompletableFuture<Void> end = CompletableFuture.runAsync(
                    () -> {
                        isTooLate.set(true);
                        close(connection);
                    },
                    afterTheLimit);
            try {
                return leaf(connection);
            } finally {
                end.cancel(false);
            }
        } catch (IOException e) {
            if (isTooLate.get()) {
                throw new SocketTimeoutException("closed at the time limit");
            }
            throw e;
        }
    }

    private PresentedCertificate leaf(Socket connection) throws IOException {
        int millis = Math.toIntExact(limit.toMillis());
        connection.setSoTimeout(millis);
        connection.connect(new InetSocketAddress(address, endpoint.port()), millis);
        endpoint.start().prepare(connection);
        // A context of its own: a session that is taken up again shows no certificate.
        Socket made = context().getSocketFactory().createSocket(connection, endpoint.host(), endpoint.port(), true);
        if (!(made instanceof SSLSocket tls)) {
            throw new IllegalStateException("The sockets of a context for TLS speak TLS");
        }
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setServerNames(serverNames());
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return PresentedCertificate.of((X509Certificate) tls.getSession().getPeerCertificates()[0]);
    }

    /** RFC 6066, 3: no IP addresses. */
    private List<SNIServerName> serverNames() {
        return endpoint.isAddress() ? List.of() : List.of(new SNIHostName(endpoint.host()));
    }

    private static void close(Socket connection) {
        try {
            connection.close();
        } catch (IOException e) {
            // It is of no use any more.
            return;
        }
    }

    private static SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has TLS", e);
        }
    }

    /** Certificates are compared, not trusted: one that has expired is to be seen, too. */
    private static final class Anybody extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
            throw new UnsupportedOperationException("There are no clients here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
            throw new UnsupportedOperationException("There are no clients here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            throw new UnsupportedOperationException("There are no clients here");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
            // Compared later.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
            // Compared later.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            // Compared later.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
