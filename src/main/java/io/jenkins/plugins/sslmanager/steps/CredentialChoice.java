package io.jenkins.plugins.sslmanager.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.delivery.CertificateCredential;
import io.jenkins.plugins.sslmanager.delivery.NamePattern;
import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Which credential a step stores a certificate as: names alone, since it lies in the build's state. */
final class CredentialChoice implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final String PARAMETER = "storeAs";

    @CheckForNull
    private final String id;

    private final StoreChoice store;
    private final boolean keepPrevious;

    CredentialChoice(DeliveryStep step) {
        this(
                step.getStoreAs(),
                new StoreChoice(step.getStoreIn(), step.getStoreDomain()),
                step.isKeepPreviousCredential());
    }

    private CredentialChoice(@CheckForNull String id, StoreChoice store, boolean keepPrevious) {
        this.id = id;
        this.store = store;
        this.keepPrevious = keepPrevious;
    }

    boolean isGiven() {
        return id != null;
    }

    /** With the certificate's name in the id, where it says {@code {name}}. */
    CredentialChoice of(String certificateName) {
        return new CredentialChoice(NamePattern.fillIfGiven(id, certificateName), store, keepPrevious);
    }

    /**
     * @param keyGiven whether there is a private key to be stored
     * @throws IllegalArgumentException if parameters are missing
     * @throws IOException with a message for the user if the build may not store it there
     */
    void check(StepContext context, boolean keyGiven) throws IOException, InterruptedException {
        StoreChoice.requireId(PARAMETER, id);
        if (id == null) {
            store.requireUnused(PARAMETER);
            if (keepPrevious) {
                throw new IllegalArgumentException("'keepPreviousCredential' is given, but no credential to store. Set"
                        + " 'storeAs' to its id, or leave this out");
            }
            return;
        }
        if (!keyGiven) {
            throw new IllegalArgumentException(
                    "'storeAs' needs the private key, which this job's order book does not have for this certificate. Put"
                            + " the step inside 'node' and set 'keyFile' to its file in the workspace");
        }
        wanted(context).get().check();
    }

    /** Empty if none is to be stored. */
    Optional<CertificateCredential> wanted(StepContext context) throws IOException, InterruptedException {
        return id == null
                ? Optional.empty()
                : Optional.of(new CertificateCredential(store.place(context, PARAMETER), id, keepPrevious));
    }
}
