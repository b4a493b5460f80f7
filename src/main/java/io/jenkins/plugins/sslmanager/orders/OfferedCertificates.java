package io.jenkins.plugins.sslmanager.orders;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.AutoCompletionCandidates;
import hudson.model.Item;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.account.UsableAccounts;
import io.jenkins.plugins.sslmanager.certificates.KnownCertificates;
import io.jenkins.plugins.sslmanager.engine.rotation.SharedCertificateList;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Completes the names of certificates in forms: with those that the viewer sees on the certificates page, and for whoever may
 * configure a job, with those of the account that its grants let the job get. The account is listed every few minutes at most, and
 * nobody waits for that: a form has what is there.
 */
public final class OfferedCertificates {

    private static final Logger LOGGER = Logger.getLogger(OfferedCertificates.class.getName());
    private static final Duration FRESH = Duration.ofMinutes(10);

    private OfferedCertificates() {}

    /**
     * @param job whose form it is; null for a form outside of jobs
     * @param account as the form names it; null or empty for the only one
     */
    public static AutoCompletionCandidates complete(
            @CheckForNull Item job, @CheckForNull String account, @CheckForNull String typed) {
        return KnownCertificates.complete(
                typed,
                job != null && job.hasPermission(Item.CONFIGURE) ? listed(job, Util.fixEmpty(account)) : Map.of());
    }

    /** By number. */
    private static Map<Long, String> listed(Item job, @CheckForNull String account) {
        List<String> usable = UsableAccounts.of(job);
        if (account == null ? usable.size() != 1 : !usable.contains(account)) {
            return Map.of();
        }
        try {
            AccountAccess access = AccountAccess.of(job, UsableAccounts.idFor(job, account), Orders.get());
            SharedCertificateList list = ListedCertificates.of(access).list();
            list.refresh(access.api(), FRESH);
            return JobCertificates.of(access).among(list.known()).names();
        } catch (IllegalArgumentException e) {
            LOGGER.log(Level.FINE, "The certificates of an account cannot be offered", e);
            return Map.of();
        }
    }
}
