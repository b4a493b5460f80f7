package io.jenkins.plugins.sslmanager.account;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.sslmanager.account.grants.Applicant;
import io.jenkins.plugins.sslmanager.account.grants.CertificateUse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What was refused since Jenkins started, for administrators: with the row that would have allowed it. */
@Extension
public final class Refusals {

    private static final int KEPT = 50;

    private final Deque<Refused> newest = new ArrayDeque<>();

    public static Refusals get() {
        return ExtensionList.lookupSingleton(Refusals.class);
    }

    /** @param use null where the job may not use the account at all, or order nothing */
    void add(SslManagerAccount account, Applicant applicant, @CheckForNull CertificateUse use) {
        Refused refused = new Refused(
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                account.getName(),
                applicant.job(),
                MissingGrant.code(applicant, use),
                SslManagerConfiguration.get().waitsSomewhere(account, applicant.job()));
        AuditLog.of("refused")
                .with("job", refused.job())
                .with("account", refused.account())
                .with("accountId", account.getId())
                .with("certificate", use == null ? null : use.number())
                .with("name", use == null ? null : use.name())
                .with("missingGrant", refused.code().strip())
                .write();
        synchronized (newest) {
            newest.removeIf(refused::isAgain);
            newest.addFirst(refused);
            while (newest.size() > KEPT) {
                newest.removeLast();
            }
        }
    }

    /** Newest first, each once. */
    List<Refused> newest() {
        synchronized (newest) {
            return List.copyOf(newest);
        }
    }

    /**
     * Something that was refused.
     *
     * @param code the row that would have allowed it
     * @param waits whether there is a row for the job that waits for an administrator
     */
    public record Refused(Instant time, String account, String job, String code, boolean waits) {

        boolean isAgain(Refused other) {
            return account.equals(other.account) && code.equals(other.code);
        }

        public String getTime() {
            return time.toString();
        }

        public String getAccount() {
            return account;
        }

        public String getJob() {
            return job;
        }

        public String getCode() {
            return code;
        }

        public boolean isWaits() {
            return waits;
        }
    }
}
