package io.jenkins.plugins.sslmanager.account;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.orders.ServiceSystem;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where the service of an account is. All methods throw IllegalArgumentException if the account has no usable address; the
 * message says why.
 *
 * @param account its name, for messages
 * @param url null unless the service is {@link Service#OTHER}
 */
public record ServiceAddress(
        String account, Service service, @CheckForNull String url) {

    private static final String SANDBOX = "sandbox";

    /** Returns the URL for one protocol. */
    URI of(Protocol protocol) {
        URI fixed = service.url(protocol);
        if (fixed != null) {
            return fixed;
        }
        if (service == Service.SANDBOX) {
            return EmbeddedSandbox.get().url(protocol);
        }
        if (url == null) {
            throw new IllegalArgumentException("The SSL Manager account '" + account
                    + "' has no URL. An administrator enters it in Manage Jenkins » System » SSL Manager");
        }
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "The URL of the SSL Manager account '" + account + "' cannot be used: " + e.getMessage()
                            + ". An administrator corrects it in Manage Jenkins » System » SSL Manager",
                    e);
        }
    }

    /** Returns one URL for the service whichever the protocol, so that two accounts are known to be at the same one. */
    URI home() {
        return of(Protocol.JSON);
    }

    /**
     * Returns what tells this service from others, also after a restart: the {@link #home}, or {@code sandbox}, whose port
     * changes.
     */
    public String lasting() {
        return service == Service.SANDBOX ? SANDBOX : home().toString();
    }

    /** Returns which SSL Manager it is as the order book knows it. */
    public String system() {
        return systemOf(lasting());
    }

    /** The same by what {@link #lasting} has given. */
    public static String systemOf(String lasting) {
        return SANDBOX.equals(lasting) ? SANDBOX : ServiceSystem.of(URI.create(lasting));
    }
}
