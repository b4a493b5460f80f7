package io.jenkins.plugins.sslmanager.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.rotation.CertificateReference;
import java.io.Serial;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far the rotation of one certificate is in this build: what the order book does not know. A build whose durability loses it
 * loses no order and no key.
 */
final class RotationProgress implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private final CertificateReference reference;
    private volatile long certificateId;

    @CheckForNull
    private volatile String orderId;

    private volatile boolean inBlock;

    /** Orders and domains whose blocks have ended with success. */
    private final Set<String> ended = ConcurrentHashMap.newKeySet();

    @CheckForNull
    private volatile String inBlockFor;

    private volatile boolean blockFailed;

    @CheckForNull
    private volatile LinkedHashMap<String, Object> result;

    private volatile boolean isLeft;

    @CheckForNull
    private volatile String failure;

    RotationProgress(CertificateReference reference) {
        this.reference = reference;
        certificateId = reference.number();
    }

    /** Returns the certificate as the step names it. */
    CertificateReference reference() {
        return reference;
    }

    /** Returns the certificate's number at the beginning; 0 as long as nobody has found it. */
    long certificateId() {
        return certificateId;
    }

    void isAt(long number) {
        certificateId = number;
    }

    /** @throws IllegalArgumentException if the certificate that was found by its name has another one */
    void requireName(String certificateName) {
        if (!reference.fits(certificateName)) {
            throw new IllegalArgumentException(
                    "The certificate with the number " + certificateId + " is not '" + reference + "', but '"
                            + certificateName + "'. Build again, or give the number of the one that is meant");
        }
    }

    void follow(String order) {
        orderId = order;
    }

    /** Returns the order that this build has begun or gone on with; null before. */
    @CheckForNull
    String orderId() {
        return orderId;
    }

    /** Tells whether the step's block runs for it. */
    boolean isInBlock() {
        return inBlock;
    }

    /** @param domain that it proves */
    void beginBlock(String domain) {
        inBlock = true;
        inBlockFor = orderId + " " + domain;
    }

    /** The block has ended with success. */
    void endBlock() {
        String over = inBlockFor;
        if (over != null) {
            ended.add(over);
        }
        inBlock = false;
        inBlockFor = null;
    }

    void failBlock() {
        inBlock = false;
        blockFailed = true;
    }

    /** Tells whether the block has published what proves control of this domain of this order. */
    boolean hasBlockEnded(String domain) {
        return ended.contains(orderId + " " + domain);
    }

    /** Tells whether the block failed or was aborted; it does not run a second time in this build. */
    boolean hasBlockFailed() {
        return blockFailed;
    }

    /** The result is null until all is done. */
    @CheckForNull
    Map<String, Object> result() {
        return result;
    }

    void end(Map<String, Object> done) {
        result = new LinkedHashMap<>(done);
    }

    /**
     * It need not be asked for.
     *
     * @param known what the step tells of it
     */
    void leave(Map<String, Object> known) {
        isLeft = true;
        end(known);
    }

    /** Whether it was not asked for, since it is far from due. */
    boolean isLeft() {
        return isLeft;
    }

    boolean isReissued() {
        Map<String, Object> done = result;
        return done != null && Boolean.TRUE.equals(done.get("rotated"));
    }

    /** Why it has failed; null if it has not. It is not tried again in this build. */
    @CheckForNull
    String failure() {
        return failure;
    }

    void fail(String reason) {
        failure = reason;
    }

    /** Whether this build has nothing more to do for it. */
    boolean isOver() {
        return result != null || failure != null;
    }
}
