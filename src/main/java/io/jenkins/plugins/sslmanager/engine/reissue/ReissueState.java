package io.jenkins.plugins.sslmanager.engine.reissue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import java.io.Serial;
import java.io.Serializable;

/**
 * How far a re-issue is. Immutable, small, without a secret, and made of simple fields, so that it can lie in a build's
 * state: what it says is enough to go on after a crash without a second order.
 */
public final class ReissueState implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    /** The stages, in the order of the process page. */
    public enum Stage {
        /** Certificate and CSR belong together; nothing is ordered. */
        PREPARED,
        /** The order may have been sent: only the service knows whether it arrived. */
        ORDERING,
        /** A job works on the order. */
        ORDERED,
        /** The job has ended with success. */
        NOTIFIED,
        /** Certificate and chain are at hand. */
        FETCHED,
        /** And are what was ordered. */
        CHECKED
    }

    private final Stage stage;
    private final long certificateId;
    private final String certificateName;
    private final String previousSerialNumber;
    private final String publicKeySha256;
    private final String csrSha256;
    private final String ctid;
    private final long orderedAt;
    private final long jobId;

    private ReissueState(ReissueState last, Stage stage, long certificateId, long orderedAt, long jobId) {
        this.stage = stage;
        this.certificateId = certificateId;
        this.orderedAt = orderedAt;
        this.jobId = jobId;
        certificateName = last.certificateName;
        previousSerialNumber = last.previousSerialNumber;
        publicKeySha256 = last.publicKeySha256;
        csrSha256 = last.csrSha256;
        ctid = last.ctid;
    }

    private ReissueState(Certificate existing, CertificateSigningRequest csr, String ctid) {
        stage = Stage.PREPARED;
        certificateId = existing.id();
        certificateName = existing.name();
        previousSerialNumber = existing.serialNumber();
        publicKeySha256 = csr.publicKeySha256();
        csrSha256 = csr.sha256();
        this.ctid = ctid;
        orderedAt = 0;
        jobId = 0;
    }

    /** @param ctid the client transaction id that the order will carry; the same for every try of the same order */
    public static ReissueState prepared(Certificate existing, CertificateSigningRequest csr, String ctid) {
        return new ReissueState(existing, csr, ctid);
    }

    ReissueState ordering(long now) {
        return new ReissueState(this, Stage.ORDERING, certificateId, now, 0);
    }

    ReissueState ordered(long acceptedJobId) {
        return new ReissueState(this, Stage.ORDERED, certificateId, orderedAt, acceptedJobId);
    }

    ReissueState notified(long newCertificateId) {
        return new ReissueState(this, Stage.NOTIFIED, newCertificateId, orderedAt, jobId);
    }

    ReissueState fetched() {
        return new ReissueState(this, Stage.FETCHED, certificateId, orderedAt, jobId);
    }

    ReissueState checked() {
        return new ReissueState(this, Stage.CHECKED, certificateId, orderedAt, jobId);
    }

    public Stage stage() {
        return stage;
    }

    /** The certificate to re-issue; from {@link Stage#NOTIFIED} on the one that was issued, whose id may be another. */
    public long certificateId() {
        return certificateId;
    }

    public String certificateName() {
        return certificateName;
    }

    /** Hexadecimal; null where the certificate had never been issued. */
    @CheckForNull
    public String previousSerialNumber() {
        return previousSerialNumber;
    }

    /** SHA-256 of the ordered key's SubjectPublicKeyInfo, hexadecimal. */
    public String publicKeySha256() {
        return publicKeySha256;
    }

    /** SHA-256 of the CSR in DER, hexadecimal. */
    public String csrSha256() {
        return csrSha256;
    }

    public String ctid() {
        return ctid;
    }

    /** When the order was sent, in milliseconds since 1970; 0 before. */
    public long orderedAt() {
        return orderedAt;
    }

    /** 0 until the order has been accepted. */
    public long jobId() {
        return jobId;
    }
}
