package io.jenkins.plugins.sslmanager.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.plugins.sslmanager.outputs.CertificateCredential;
import io.jenkins.plugins.sslmanager.outputs.CredentialPlace;
import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Which credential a step stores a certificate as: names alone, since it lies in the build's state. */
final class CredentialOptions implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    /** What the forms of the credentials plugin take. */
    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_.-]+");

    @CheckForNull
    private final String id;

    @CheckForNull
    private final String store;

    @CheckForNull
    private final String domain;

    private final boolean keepPrevious;

    CredentialOptions(DeliveryStep step) {
        id = step.getStoreAs();
        store = step.getStoreIn();
        domain = step.getStoreDomain();
        keepPrevious = step.isKeepPreviousCredential();
    }

    /** @throws IllegalArgumentException if the id is none that Jenkins takes; null is fine */
    static void requireId(@CheckForNull String id) {
        if (id != null && !ID.matcher(id).matches()) {
            throw new IllegalArgumentException("storeAs: '" + id
                    + "' is no id of a credential. Use letters, digits, dots, dashes and underscores");
        }
    }

    @CheckForNull
    String id() {
        return id;
    }

    /**
     * @param keyGiven whether there is a private key to be stored
     * @throws IllegalArgumentException if parameters are missing
     * @throws IOException with a message for the user if the build may not store it there
     */
    void check(StepContext context, boolean keyGiven) throws IOException, InterruptedException {
        requireId(id);
        if (id == null && (store != null || domain != null || keepPrevious)) {
            throw new IllegalArgumentException("'"
                    + (store != null ? "storeIn" : domain != null ? "storeDomain" : "keepPreviousCredential")
                    + "' is given, but no credential to store. Set 'storeAs' to its id, or leave this out");
        }
        if (id != null && !keyGiven) {
            throw new IllegalArgumentException("'storeAs' needs the private key. Put the step inside 'node' and set"
                    + " 'keyFile' to the key's file in the workspace");
        }
        Optional<CertificateCredential> wanted = wanted(context);
        if (wanted.isPresent()) {
            wanted.get().check();
        }
    }

    /** Empty if none is to be stored. */
    Optional<CertificateCredential> wanted(StepContext context) throws IOException, InterruptedException {
        if (id == null) {
            return Optional.empty();
        }
        // Not what the job would run as, since another user may have started this build.
        CredentialPlace place = CredentialPlace.of(
                context.get(Run.class).getParent(),
                context.get(FlowExecution.class).getAuthentication2(),
                store,
                domain);
        return Optional.of(new CertificateCredential(place, id, keepPrevious));
    }
}
