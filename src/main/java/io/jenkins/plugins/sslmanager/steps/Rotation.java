package io.jenkins.plugins.sslmanager.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.reissue.ReissueState;
import java.io.Serial;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** How far the rotation of one certificate is: what lies in the build's state, and is enough to go on after a restart. */
final class Rotation implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private volatile long certificateId;

    @CheckForNull
    private volatile String name;

    @CheckForNull
    private volatile String csr;

    @CheckForNull
    private volatile ReissueState state;

    @CheckForNull
    private volatile Proof proof;

    private volatile boolean inBlock;
    private volatile boolean blockEnded;
    private volatile boolean proven;

    @CheckForNull
    private volatile String servedKey;

    @CheckForNull
    private volatile LinkedHashMap<String, Object> result;

    Rotation(long certificateId) {
        this.certificateId = certificateId;
    }

    /** The certificate has another id since a re-issue. */
    void follow(long currentId) {
        certificateId = currentId;
    }

    long certificateId() {
        return certificateId;
    }

    void name(String certificateName) {
        name = certificateName;
    }

    /** The certificate's; null until the service has told it. */
    @CheckForNull
    String name() {
        return name;
    }

    /** From now on there is a key that an order may be placed for. */
    void begin(CertificateSigningRequest request) {
        csr = request.toPem();
    }

    boolean isBegun() {
        return csr != null;
    }

    CertificateSigningRequest csr() {
        return CertificateSigningRequest.parse(Objects.requireNonNull(csr, "The rotation has not begun"));
    }

    void reach(ReissueState reached) {
        state = reached;
    }

    /** Null until the order has been prepared. */
    @CheckForNull
    ReissueState state() {
        return state;
    }

    /** Null until the service has been asked what proves control of the domains. */
    @CheckForNull
    Proof proof() {
        return proof;
    }

    void offer(Proof offered) {
        proof = offered;
    }

    /** Whether the step's block runs for it. */
    boolean isInBlock() {
        return inBlock;
    }

    void beginBlock() {
        inBlock = true;
    }

    void endBlock() {
        inBlock = false;
        blockEnded = true;
    }

    /** Without success. */
    void leaveBlock() {
        inBlock = false;
    }

    boolean hasBlockEnded() {
        return blockEnded;
    }

    /** Whether all that shall happen before the order has happened. */
    boolean isProven() {
        return proven;
    }

    void prove() {
        proven = true;
    }

    /** The SHA-256 of the public key whose private key has been delivered; null if none has. */
    @CheckForNull
    String servedKey() {
        return servedKey;
    }

    void serve(String publicKeySha256) {
        servedKey = publicKeySha256;
    }

    /** Null until all is done. */
    @CheckForNull
    Map<String, Object> result() {
        return result;
    }

    void end(Map<String, Object> done) {
        result = new LinkedHashMap<>(done);
    }
}
