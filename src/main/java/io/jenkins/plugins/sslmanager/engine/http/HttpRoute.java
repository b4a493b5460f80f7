package io.jenkins.plugins.sslmanager.engine.http;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.concurrent.CompletableFuture;

/**
 * The way to the service: a client, and what a proxy wants to be told with each request. It should have a connect
 * timeout and must not follow redirects: these could carry the password to another host.
 */
@FunctionalInterface
public interface HttpRoute {

    /** @return the answer, cancelling which ends the request */
    CompletableFuture<HttpResponse<byte[]>> send(HttpRequest.Builder request, BodyHandler<byte[]> body);

    /** Without a proxy. */
    static HttpRoute direct(TransportLimits limits) {
        return by(HttpClient.newBuilder(), limits);
    }

    static HttpRoute by(HttpClient.Builder builder, TransportLimits limits) {
        HttpClient client = builder.connectTimeout(limits.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        return (request, body) -> client.sendAsync(request.build(), body);
    }
}
