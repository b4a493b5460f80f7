package io.jenkins.plugins.sslmanager.deployment;

import hudson.FilePath;
import io.jenkins.plugins.sslmanager.engine.served.AddressLook;
import io.jenkins.plugins.sslmanager.engine.served.HostAddresses;
import io.jenkins.plugins.sslmanager.engine.served.ServedCertificates;
import io.jenkins.plugins.sslmanager.engine.served.ServedReport;
import io.jenkins.plugins.sslmanager.engine.served.TlsEndpoint;
import java.io.IOException;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import jenkins.security.MasterToSlaveCallable;

/** Looks at which certificates servers present, from the agent. */
final class ServedLook extends MasterToSlaveCallable<ArrayList<AddressLook>, IOException> {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Enough to meet each of two servers behind one address in fifteen of sixteen looks. */
    private static final int CONNECTIONS = 5;

    /** Tests have names of their own. */
    static HostAddresses addresses = HostAddresses::ofThisMachine;

    private final ArrayList<TlsEndpoint> endpoints;

    private ServedLook(List<TlsEndpoint> endpoints) {
        this.endpoints = new ArrayList<>(endpoints);
    }

    /**
     * @param workspace says which agent
     * @param sha256Fingerprint of the certificate that they should present
     */
    static ServedReport from(FilePath workspace, String sha256Fingerprint, List<TlsEndpoint> endpoints)
            throws IOException, InterruptedException {
        return new ServedReport(
                sha256Fingerprint, endpoints, workspace.getChannel().call(new ServedLook(endpoints)));
    }

    @Override
    public ArrayList<AddressLook> call() throws IOException {
        try {
            return new ArrayList<>(new ServedCertificates(addresses, CONNECTIONS).look(endpoints));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The look at the servers was interrupted", e);
        }
    }
}
