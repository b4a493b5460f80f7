package io.jenkins.plugins.sslmanager.engine.terminal;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.reissue.ReissueException;
import io.jenkins.plugins.sslmanager.engine.reissue.ReissueState;
import io.jenkins.plugins.sslmanager.engine.reissue.ReissueState.Stage;
import io.jenkins.plugins.sslmanager.engine.storage.SafeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is left of a run that ended without its certificate: an order or none, and a key worth keeping or not. */
final class Aftermath {

    private final Progress progress;

    @CheckForNull
    private volatile Path newKey;

    Aftermath(Progress progress) {
        this.progress = progress;
    }

    void keyWasMade(Path file) {
        newKey = file;
    }

    /**
     * Ends the run for good and deletes a key that no certificate can come for.
     *
     * @param failure null if the run was interrupted
     * @return a line for people
     */
    String settle(@CheckForNull Throwable failure) {
        ReissueState state = progress.stop();
        if (state == null || state.stage() == Stage.PREPARED || isRefusedOrder(failure)) {
            return "Nothing was ordered." + deleteKey();
        }
        if (state.stage() == Stage.ORDERING) {
            return "It is not certain whether the order arrived. Before you order again, look for a job of certificate "
                    + state.certificateId() + " with the client transaction id " + state.ctid()
                    + " in the SSL Manager." + keptKey();
        }
        String ordered = "Certificate " + state.certificateId() + " was ordered: job " + state.jobId() + ".";
        return failure instanceof ReissueException end && end.kind() == ReissueException.Kind.JOB_FAILED
                ? ordered + deleteKey()
                : ordered + keptKey();
    }

    /** Any other refusal may follow an order that has arrived. */
    private static boolean isRefusedOrder(@CheckForNull Throwable failure) {
        return failure instanceof ApiException refusal && refusal.task() == Task.REISSUE && !refusal.mayHaveActed();
    }

    private String keptKey() {
        Path file = newKey;
        return file == null ? "" : " The key of its certificate is kept: " + file;
    }

    private String deleteKey() {
        Path file = newKey;
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                return " The key in " + file + " is of no use and cannot be deleted: " + SafeFiles.reason(e) + ".";
            }
        }
        return "";
    }
}
