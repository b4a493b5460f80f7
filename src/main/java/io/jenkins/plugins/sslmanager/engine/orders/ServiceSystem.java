package io.jenkins.plugins.sslmanager.engine.orders;

import java.net.URI;
import java.util.Locale;
import java.util.Map;

/**
 * Which SSL Manager a certificate is at. JSON and XML have addresses of their own, and lead to the same certificates
 * (addresses: InterNetX's help pages "JSON API Basics" and "XML API Basics").
 */
public final class ServiceSystem {

    public static final String LIVE = "live";
    public static final String DEMO = "demo";

    private static final Map<String, String> KNOWN_HOSTS = Map.of(
            "api.autodns.com", LIVE,
            "gateway.autodns.com", LIVE,
            "api.demo.autodns.com", DEMO,
            "demo.autodns.com", DEMO);

    private ServiceSystem() {}

    /** {@link #LIVE}, {@link #DEMO}, or the address itself, without what makes no difference. */
    public static String of(URI url) {
        String host = url.getHost().toLowerCase(Locale.ROOT);
        String known = KNOWN_HOSTS.get(host);
        if (known != null) {
            return known;
        }
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        String path = url.getPath() == null ? "" : url.getPath().replaceAll("/+$", "");
        return host + port + path;
    }
}
