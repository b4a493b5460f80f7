package io.jenkins.plugins.sslmanager.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import io.jenkins.plugins.sslmanager.delivery.Delivery;
import io.jenkins.plugins.sslmanager.delivery.KeyFiles;
import io.jenkins.plugins.sslmanager.engine.rotation.IssuedCertificate;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * What a workspace has of a certificate that a rotation delivers.
 *
 * @param keyFile where the key is, a path in the workspace; null where none is asked for
 */
record WorkspaceCopy(
        StepContext context,
        Delivery delivery,
        @CheckForNull String keyFile) {

    /** Whether it has this certificate with its key, or a later one, wherever files are wanted; also if none are. */
    boolean isUpToDate(IssuedCertificate kept) throws IOException, InterruptedException {
        FilePath workspace = context.get(FilePath.class);
        if (workspace == null) {
            return true;
        }
        X509Certificate leaf = kept.chain().leaf();
        boolean isLater = delivery.inUse(context, kept)
                .filter(there -> there.getNotBefore().after(leaf.getNotBefore()))
                .isPresent();
        return isLater
                || delivery.isComplete(context, kept)
                        && (keyFile == null || KeyFiles.isKeyOf(workspace, keyFile, leaf));
    }

    /**
     * Whether it has a certificate that has not expired, with the key that fits.
     *
     * @param current the service's certificate, which need not be the one in the workspace
     */
    boolean isUsable(IssuedCertificate current, Instant now) throws IOException, InterruptedException {
        FilePath workspace = context.get(FilePath.class);
        if (workspace == null || keyFile == null) {
            return false;
        }
        Optional<X509Certificate> there = delivery.inUse(context, current);
        return there.isPresent()
                && now.isBefore(there.get().getNotAfter().toInstant())
                && KeyFiles.isKeyOf(workspace, keyFile, there.get());
    }
}
