package io.jenkins.plugins.sslmanager.steps;

import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.sslmanager.account.Inboxes;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;

/** The client transaction ids of orders. */
final class ClientTransaction {

    private ClientTransaction() {}

    /** The same for every order of the same certificate for the same key, whichever build it comes from. */
    static String id(long certificateId, CertificateSigningRequest csr) {
        return id(certificateId + " " + csr.publicKeySha256());
    }

    /** The same however often one build orders the same certificate for the same CSR. */
    static String id(Run<?, ?> build, long certificateId, CertificateSigningRequest csr) {
        return id(build.getExternalizableId() + " " + build.getStartTimeInMillis() + " " + certificateId + " "
                + csr.sha256());
    }

    private static String id(String order) {
        return Inboxes.ownCtids() + Util.getDigestOf(order).substring(0, 24);
    }
}
