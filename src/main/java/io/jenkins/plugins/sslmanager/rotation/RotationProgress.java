package io.jenkins.plugins.sslmanager.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
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

    private final long certificateId;

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

    RotationProgress(long certificateId) {
        this.certificateId = certificateId;
    }

    /** Returns the number that the step was given. */
    long certificateId() {
        return certificateId;
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
}
