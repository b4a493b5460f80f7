package io.jenkins.plugins.sslmanager.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ProxyConfiguration;
import hudson.util.Secret;
import io.jenkins.plugins.sslmanager.engine.http.HttpRoute;
import io.jenkins.plugins.sslmanager.engine.http.TransportLimits;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Base64;
import java.util.List;

/** The way to the service by Jenkins' proxy, if there is one. */
final class ProxyRoute {

    private ProxyRoute() {}

    static HttpRoute by(@CheckForNull ProxyConfiguration proxy) {
        return proxy == null || proxy.getUserName() == null
                ? HttpRoute.by(ProxyConfiguration.newHttpClientBuilder(), TransportLimits.STANDARD)
                : withPassword(proxy);
    }

    /**
     * Up to Java 23 a client with an authenticator, such as Jenkins makes it, drops the header with the service's
     * password (JDK-8326949). The JDK sends the header for the proxy to the proxy alone.
     */
    private static HttpRoute withPassword(ProxyConfiguration proxy) {
        String credentials = proxy.getUserName() + ":" + Secret.toString(proxy.getSecretPassword());
        String authorization = "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
        HttpRoute route = HttpRoute.by(HttpClient.newBuilder().proxy(selector(proxy)), TransportLimits.STANDARD);
        return (request, body) -> route.send(request.setHeader("Proxy-Authorization", authorization), body);
    }

    private static ProxySelector selector(ProxyConfiguration proxy) {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return List.of(proxy.createProxy(uri.getHost()));
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                // Nothing to do here: the request fails and says so.
            }
        };
    }
}
