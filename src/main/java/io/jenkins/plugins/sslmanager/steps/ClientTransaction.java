package io.jenkins.plugins.sslmanager.steps;

import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.sslmanager.account.Inboxes;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;

/** The client transaction id of an order: the same however often one build orders the same certificate for the same CSR. */
final class ClientTransaction {

    private ClientTransaction() {}

    static String id(Run<?, ?> build, long certificateId, CertificateSigningRequest csr) {
        return Inboxes.ownCtids()
                + Util.getDigestOf(build.getExternalizableId() + " " + build.getStartTimeInMillis() + " "
                                + certificateId + " " + csr.sha256())
                        .substring(0, 24);
    }
}
