package io.jenkins.plugins.sslmanager.rotation;

import io.jenkins.plugins.sslmanager.engine.orders.Order;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What the rotation of one certificate asks of the step that it is a part of. */
interface RotatingStep {

    /** Writes a line into the build's log. */
    void tell(String line);

    /** Makes the build unstable, and has views of its stages show why. */
    void makeUnstable(String reason) throws IOException, InterruptedException;

    /** Saves the state of the step, with how far its rotations are. */
    void saveProgress();

    /**
     * Makes sure that no certificate of this step is written over another.
     *
     * @param targets where the certificate goes, for people
     * @throws IllegalArgumentException if another one goes to one of these places
     */
    void requireOwnTargets(long certificateId, List<String> targets);

    /**
     * Has what proves control of the domains be there before the order.
     *
     * @return done when it is there
     */
    CompletableFuture<Void> prove(RotationProgress rotation, Order order, Consumer<String> log);
}
