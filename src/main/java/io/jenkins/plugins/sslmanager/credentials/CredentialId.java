package io.jenkins.plugins.sslmanager.credentials;

import com.cloudbees.plugins.credentials.CredentialsNameProvider;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import io.jenkins.plugins.sslmanager.engine.vault.VaultEntry;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.security.core.Authentication;

/** The id that builds find an entry of the vault by, and whether they do find it. */
public final class CredentialId {

    private static final String PARAMETER = "storeAs";

    /** The forms of the credentials plugin take these ids. */
    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_.-]+");

    private CredentialId() {}

    /** @throws IllegalArgumentException if Jenkins does not take the id; null is allowed */
    public static void require(@CheckForNull String id) {
        if (id != null && !ID.matcher(id).matches()) {
            throw new IllegalArgumentException(PARAMETER + ": '" + id
                    + "' is not a credential ID. Use letters, digits, dots, dashes and underscores");
        }
    }

    /**
     * Before there is a certificate: that nothing else has the id, and that the vault may show credentials at all.
     *
     * @throws AbortException if builds would not find what is about to be stored
     */
    public static void requireFree(Run<?, ?> build, String id) throws AbortException {
        if (!VaultCredentialsProvider.get().isEnabled(build.getParent())
                || !VaultCredentialsProvider.get().isApplicable(VaultCertificateCredentials.class)) {
            throw new AbortException(PARAMETER + ": nobody would find the credential '" + id
                    + "', since the provider '" + VaultCredentialsProvider.get().getDisplayName()
                    + "' is switched off or its type is not allowed. An administrator allows both in Manage Jenkins »"
                    + " Credential Providers");
        }
        requireUse(build, id);
        IdCredentials found = find(build, id);
        if (found != null && !(found instanceof VaultCertificateCredentials)) {
            throw hidden(build, id);
        }
    }

    /** The vault answers Jenkins itself alone, so that a build that runs as a user needs this permission. */
    private static void requireUse(Run<?, ?> build, String id) throws AbortException {
        Authentication runsAs =
                build.getParent() instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
        if (!ACL.SYSTEM2.equals(runsAs) && !build.hasPermission2(runsAs, CredentialsProvider.USE_ITEM)) {
            throw new AbortException(PARAMETER + ": this build would not find the credential '" + id
                    + "', since it runs as " + runsAs.getName() + ", who lacks the permission Credentials/UseItem for "
                    + build.getParent().getFullName());
        }
    }

    /**
     * That a build finds this entry by the id.
     *
     * @throws AbortException if it does not; the message names what hides it
     */
    public static void requireFound(Run<?, ?> build, String id, VaultEntry entry) throws AbortException {
        requireFree(build, id);
        if (!(find(build, id) instanceof VaultCertificateCredentials found)) {
            throw new AbortException(PARAMETER + ": this build does not find the credential '" + id
                    + "' although it is in the vault. Check the providers in Manage Jenkins » Credential Providers");
        }
        if (!found.entryId().equals(entry.id())) {
            throw new AbortException(
                    PARAMETER + ": the credential '" + id + "' that this build finds is another certificate's, "
                            + CredentialsNameProvider.name(found) + ". Choose another ID");
        }
    }

    @CheckForNull
    private static IdCredentials find(Run<?, ?> build, String id) {
        return CredentialsProvider.findCredentialById(id, IdCredentials.class, build, List.of());
    }

    private static AbortException hidden(Run<?, ?> build, String id) {
        String provider = CredentialsProvider.all().stream()
                .filter(each -> !(each instanceof VaultCredentialsProvider)
                        && each.isEnabled(build.getParent())
                        && each.isApplicable(IdCredentials.class)
                        && each.getCredentialByIdInItem(
                                        id, IdCredentials.class, build.getParent(), ACL.SYSTEM2, List.of())
                                != null)
                .map(CredentialsProvider::getDisplayName)
                .findFirst()
                .orElse("another provider");
        return new AbortException(PARAMETER + ": a credential '" + id + "' of '" + provider
                + "' hides the one of the vault, so builds would get that one. Delete it, or choose another ID");
    }
}
