package io.jenkins.plugins.sslmanager.account;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.URI;

/** Which SSL Manager an account is at (addresses: InterNetX's help page "JSON API Basics"). */
public enum Service {
    LIVE("https://api.autodns.com/v1"),
    DEMO("https://api.demo.autodns.com/v1"),
    /** The one inside this plugin, with its own test CA, for trying things out. */
    SANDBOX(null),
    /** At the account's own URL. */
    OTHER(null);

    @CheckForNull
    private final String url;

    Service(@CheckForNull String url) {
        this.url = url;
    }

    /** Null where the address is not fixed. */
    @CheckForNull
    public URI url() {
        return url == null ? null : URI.create(url);
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
