package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import java.util.List;

/** Orders that no job of ours has made. */
final class Reissues {

    private Reissues() {}

    /**
     * By hand or by another program, with a key of its own.
     *
     * @return the job's id
     */
    static long bySomebodyElse(RotationFixture fixture, long certificateId) {
        SslManagerApi api = fixture.directApi();
        Certificate existing = api.certificateInfo(certificateId).join();
        CertificateSigningRequest csr = CertificateSigningRequest.create(
                KeyAlgorithm.EC_P256.generate(), existing.name(), List.of("www." + existing.name()));
        CertificateData prepared = api.prepareOrder(CertificateData.request(csr.toPem(), existing.product()))
                .join();
        return api.reissue(
                        certificateId,
                        OrderDraft.of(existing, csr, ProofOfControl.offered(existing, prepared), OrderChanges.NONE),
                        "somebody-else")
                .join()
                .id();
    }
}
