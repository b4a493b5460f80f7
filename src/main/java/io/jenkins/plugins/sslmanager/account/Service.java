package io.jenkins.plugins.sslmanager.account;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.Protocol;
import java.net.URI;
import java.util.Map;

/** Which SSL Manager an account is at (addresses: InterNetX's help pages "JSON API Basics" and "XML API Basics"). */
public enum Service {
    LIVE("https://api.autodns.com/v1", "https://gateway.autodns.com"),
    DEMO("https://api.demo.autodns.com/v1", "https://demo.autodns.com/gateway/"),
    /** The one inside this plugin, with its own test CA, for trying things out. */
    SANDBOX,
    /** At the account's own URL. */
    OTHER;

    private final Map<Protocol, URI> urls;

    Service() {
        urls = Map.of();
    }

    Service(String json, String xml) {
        urls = Map.of(Protocol.JSON, URI.create(json), Protocol.XML, URI.create(xml));
    }

    /** Null where the address is not fixed. */
    @CheckForNull
    public URI url(Protocol protocol) {
        return urls.get(protocol);
    }

    public String getDisplayName() {
        return switch (this) {
            case LIVE -> Messages.Service_live();
            case DEMO -> Messages.Service_demo();
            case SANDBOX -> Messages.Service_sandbox();
            case OTHER -> Messages.Service_other();
        };
    }
}
