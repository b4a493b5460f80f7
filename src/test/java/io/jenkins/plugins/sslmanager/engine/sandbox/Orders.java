package io.jenkins.plugins.sslmanager.engine.sandbox;

import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.rotation.OrderChanges;
import io.jenkins.plugins.sslmanager.engine.rotation.OrderDraft;
import io.jenkins.plugins.sslmanager.engine.rotation.ProofOfControl;
import java.util.List;

/** Orders that somebody has placed before a test begins. */
public final class Orders {

    private Orders() {}

    /** @return the job that re-issues a new certificate with this name */
    public static long place(Sandbox sandbox, SandboxCalls calls, String name, String ctid) {
        long id = sandbox.addCertificate(name, AuthMethod.DNS, "www." + name);
        Certificate existing = calls.certificateInfo(id);
        CertificateSigningRequest csr =
                CertificateSigningRequest.create(KeyAlgorithm.EC_P256.generate(), name, List.of("www." + name));
        CertificateData prepared = calls.prepareOrder(CertificateData.request(csr.toPem(), existing.product()));
        return calls.reissue(
                        id,
                        OrderDraft.of(existing, csr, ProofOfControl.offered(existing, prepared), OrderChanges.NONE),
                        ctid)
                .id();
    }
}
