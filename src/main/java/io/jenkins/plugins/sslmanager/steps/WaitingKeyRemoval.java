package io.jenkins.plugins.sslmanager.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.reissue.ReissueState;
import io.jenkins.plugins.sslmanager.outputs.KeyPlace;
import io.jenkins.plugins.sslmanager.outputs.WaitingKey;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Takes a new key out of the place where it waited, as soon as nobody needs it there. */
record WaitingKeyRemoval(StepContext context, RotationPlan plan, Rotation rotation) {

    /** @return what the rotation came to */
    CompletableFuture<Void> after(@CheckForNull Void done, @CheckForNull Throwable failure) {
        if (failure == null) {
            String served = rotation.servedKey();
            return CompletableFuture.completedFuture(
                    served == null ? null : SslManagerExecution.inFuture(() -> remove(served)));
        }
        if (rotation.isBegun() && !mayBeOrdered() && !SslManagerExecution.isJenkinsEnding()) {
            // Otherwise the next build would look for an order that there is not.
            SslManagerExecution.inFuture(() -> remove(rotation.csr().publicKeySha256()));
        }
        return CompletableFuture.failedFuture(failure);
    }

    private boolean mayBeOrdered() {
        ReissueState reached = rotation.state();
        return reached != null && reached.stage() != ReissueState.Stage.PREPARED;
    }

    /** Only this key: another build may have put its own there. */
    @CheckForNull
    private Void remove(String publicKeySha256) throws IOException, InterruptedException {
        KeyPlace place = plan.keyPlace(context, Objects.requireNonNull(rotation.name(), "There is a key for it"));
        Optional<WaitingKey> waiting = place.find();
        if (waiting.isPresent()
                && publicKeySha256.equals(
                        Certificates.sha256Hex(waiting.get().keys().getPublic().getEncoded()))) {
            place.clear();
        }
        return null;
    }
}
