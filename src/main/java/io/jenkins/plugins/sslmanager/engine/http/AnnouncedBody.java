package io.jenkins.plugins.sslmanager.engine.http;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;

/**
 * A body that tells when the client begins to write its request. The JDK's client asks for the length when it writes the
 * header Content-Length, which is after it has found or opened a connection, with name resolution, proxy and TLS handshake;
 * and again if it has to open another one. Nothing else tells these apart from the way to the service.
 */
record AnnouncedBody(BodyPublisher body, Runnable beingSent) implements BodyPublisher {

    @Override
    public long contentLength() {
        beingSent.run();
        return body.contentLength();
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        body.subscribe(subscriber);
    }
}
