package io.jenkins.plugins.sslmanager.account;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import io.jenkins.plugins.sslmanager.engine.sandbox.http.SandboxServer;
import java.net.URI;

/** The sandbox behind all accounts of the service {@link Service#SANDBOX}; started when first asked for, empty after a restart. */
@Extension
public final class EmbeddedSandbox {

    private SandboxServer server;

    static EmbeddedSandbox get() {
        return ExtensionList.lookupSingleton(EmbeddedSandbox.class);
    }

    synchronized URI url(Protocol protocol) {
        if (server == null) {
            server = SandboxServer.start(Sandbox.builder().demoCertificates().build());
        }
        return server.url(protocol);
    }

    private synchronized void close() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    @Terminator
    public static void closeAll() {
        get().close();
    }
}
