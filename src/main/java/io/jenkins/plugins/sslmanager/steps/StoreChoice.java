package io.jenkins.plugins.sslmanager.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.plugins.sslmanager.delivery.CredentialPlace;
import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.springframework.security.core.Authentication;

/** Where a step stores credentials: names alone, since it lies in the build's state. */
final class StoreChoice implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    /** What the forms of the credentials plugin take. */
    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_.-]+");

    @CheckForNull
    private final String store;

    @CheckForNull
    private final String domain;

    StoreChoice(@CheckForNull String store, @CheckForNull String domain) {
        this.store = store;
        this.domain = domain;
    }

    /** @throws IllegalArgumentException if the id is none that Jenkins takes; null is fine */
    static void requireId(String parameter, @CheckForNull String id) {
        if (id != null && !ID.matcher(id).matches()) {
            throw new IllegalArgumentException(parameter + ": '" + id
                    + "' is no id of a credential. Use letters, digits, dots, dashes and underscores");
        }
    }

    /** @throws IllegalArgumentException if a store is chosen */
    void requireUnused(String needed) {
        if (store != null || domain != null) {
            throw new IllegalArgumentException("'" + (store != null ? "storeIn" : "storeDomain")
                    + "' is given, but no credential to store. Set '" + needed + "' to its id, or leave this out");
        }
    }

    /**
     * @param parameter the one that names the credential, for messages
     * @throws IOException with a message for the user if there is no such store
     */
    CredentialPlace place(StepContext context, String parameter) throws IOException, InterruptedException {
        // Not what the job would run as, since another user may have started this build.
        return CredentialPlace.of(
                parameter, context.get(Run.class).getParent(), authentication(context), store, domain);
    }

    /** Whoever the build runs as, which a Pipeline keeps itself. */
    private static Authentication authentication(StepContext context) throws IOException, InterruptedException {
        FlowExecution pipeline = context.get(FlowExecution.class);
        return pipeline == null ? context.get(Authentication.class) : pipeline.getAuthentication2();
    }
}
