package io.jenkins.plugins.sslmanager.delivery;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.springframework.security.core.Authentication;

/** Which credential a step stores a certificate as, and where: names alone, since it lies in the build's state. */
public final class CredentialChoice implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final String PARAMETER = "storeAs";

    /** The forms of the credentials plugin take these ids. */
    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_.-]+");

    @CheckForNull
    private final String id;

    @CheckForNull
    private final String store;

    @CheckForNull
    private final String domain;

    private final boolean keepPrevious;

    /**
     * @param id null to store none
     * @param store the full name of a folder around the job, or {@link CredentialStores#ROOT}; null for the nearest store
     * @param domain the name of a domain of that store; null for the global one
     * @param keepPrevious whether what is replaced stays, under an id of its own
     */
    public CredentialChoice(
            @CheckForNull String id, @CheckForNull String store, @CheckForNull String domain, boolean keepPrevious) {
        this.id = id;
        this.store = store;
        this.domain = domain;
        this.keepPrevious = keepPrevious;
    }

    /** @throws IllegalArgumentException if the id is none that Jenkins takes; null is fine */
    public static void requireId(@CheckForNull String id) {
        if (id != null && !ID.matcher(id).matches()) {
            throw new IllegalArgumentException(PARAMETER + ": '" + id
                    + "' is no id of a credential. Use letters, digits, dots, dashes and underscores");
        }
    }

    boolean isGiven() {
        return id != null;
    }

    /** With the certificate's name in the id, where it says {@code {name}}. */
    CredentialChoice forCertificate(String certificateName) {
        return new CredentialChoice(NamePattern.fillIfGiven(id, certificateName), store, domain, keepPrevious);
    }

    /**
     * @param keyGiven whether there is a private key to be stored
     * @throws IllegalArgumentException if parameters are missing
     * @throws IOException with a message for the user if the build may not store it there
     */
    void check(StepContext context, boolean keyGiven) throws IOException, InterruptedException {
        requireId(id);
        if (id == null) {
            requireNoneGiven();
            return;
        }
        if (!keyGiven) {
            throw new IllegalArgumentException(
                    "'storeAs' needs the private key, which this job's order book does not have for this certificate. Put"
                            + " the step inside 'node' and set 'keyFile' to its file in the workspace");
        }
        wanted(context).get().check();
    }

    private void requireNoneGiven() {
        if (store != null || domain != null || keepPrevious) {
            throw new IllegalArgumentException(
                    "'" + (store != null ? "storeIn" : domain != null ? "storeDomain" : "keepPreviousCredential")
                            + "' is given, but no credential to store. Set 'storeAs' to its id, or leave this out");
        }
    }

    /**
     * Empty if none is to be stored.
     *
     * @throws IOException with a message for the user if there is no such store
     */
    Optional<CertificateCredential> wanted(StepContext context) throws IOException, InterruptedException {
        return id == null ? Optional.empty() : Optional.of(new CertificateCredential(place(context), id, keepPrevious));
    }

    private CredentialPlace place(StepContext context) throws IOException, InterruptedException {
        // Another user may have started this build than the one that the job runs as.
        return CredentialPlace.of(
                PARAMETER, context.get(Run.class).getParent(), authentication(context), store, domain);
    }

    /** Returns as whom the build runs, which a Pipeline keeps itself. */
    private static Authentication authentication(StepContext context) throws IOException, InterruptedException {
        FlowExecution pipeline = context.get(FlowExecution.class);
        return pipeline == null ? context.get(Authentication.class) : pipeline.getAuthentication2();
    }
}
