package io.jenkins.plugins.sslmanager.trigger;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AutoCompletionCandidates;
import hudson.model.CauseAction;
import hudson.model.Item;
import hudson.model.Job;
import hudson.triggers.Trigger;
import hudson.triggers.TriggerDescriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.account.UsableAccounts;
import io.jenkins.plugins.sslmanager.certificates.KnownCertificates;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.rotation.DueRule;
import io.jenkins.plugins.sslmanager.engine.rotation.IssuedCertificate;
import io.jenkins.plugins.sslmanager.forms.FormCheck;
import io.jenkins.plugins.sslmanager.forms.FormChoices;
import io.jenkins.plugins.sslmanager.forms.Parameter;
import io.jenkins.plugins.sslmanager.forms.ServiceIds;
import io.jenkins.plugins.sslmanager.orders.Orders;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.ParameterizedJobMixIn;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * {@code sslCertificateDue}: looks at certificates once a day, and starts the job when one is due. Where there are more than a
 * few, lists tell which of them are worth a look. The account's own credentials are used, since there is no build yet.
 */
public final class CertificateDueTrigger extends Trigger<Job<?, ?>> {

    private static final Logger LOGGER = Logger.getLogger(CertificateDueTrigger.class.getName());

    /** Jobs are spread over the day by their names. */
    private static final String DAILY = "H H * * *";

    private final String certificateIds;

    @CheckForNull
    private String account;

    private String due = DueRule.DEFAULT;

    @DataBoundConstructor
    public CertificateDueTrigger(String certificateIds) {
        super(DAILY);
        this.certificateIds = Util.fixNull(certificateIds).trim();
    }

    /** Returns the service's numbers, separated by commas or white space. */
    public String getCertificateIds() {
        return certificateIds;
    }

    /** Null for the only account that is set up. */
    @CheckForNull
    public String getAccount() {
        return account;
    }

    @DataBoundSetter
    public void setAccount(@CheckForNull String account) {
        this.account = Util.fixEmptyAndTrim(account);
    }

    /** {@code 33%} of its lifetime left, or {@code 30d} before its end. */
    public String getDue() {
        return due;
    }

    @DataBoundSetter
    public void setDue(@CheckForNull String due) {
        this.due = Objects.requireNonNullElse(Util.fixEmptyAndTrim(due), DueRule.DEFAULT);
    }

    /** Does not wait for the service's answers. */
    @Override
    public void run() {
        look();
    }

    /**
     * A job that is running or queued is left alone.
     *
     * @return done when all certificates have been looked at; never fails
     */
    CompletableFuture<Void> look() {
        Job<?, ?> started = job;
        if (started == null || started.isBuilding() || started.isInQueue()) {
            return CompletableFuture.completedFuture(null);
        }
        try {
            DueRule rule = DueRule.parse(due);
            AccountAccess access = AccountAccess.of(started, UsableAccounts.idFor(started, account), Orders.get());
            List<Long> current = Parameter.read("certificateIds", () -> ServiceIds.parse(certificateIds)).stream()
                    .map(id -> Orders.get()
                            .book()
                            .current(new CertificateId(access.system(), id))
                            .number())
                    .toList();
            return ListedCertificates.get()
                    .candidates(access, current, rule)
                    .thenCompose(candidates -> look(started, access.api().patient(), candidates, rule))
                    .exceptionally(failure -> warn(started, Failures.cause(failure)));
        } catch (IllegalArgumentException e) {
            warn(started, e);
            return CompletableFuture.completedFuture(null);
        }
    }

    private static CompletableFuture<Void> look(
            Job<?, ?> started, SslManagerApi api, List<Long> candidates, DueRule rule) {
        CompletableFuture<Void> looks = CompletableFuture.completedFuture(null);
        for (long id : candidates) {
            looks = looks.thenCompose(before -> api.certificateInfo(id))
                    .thenAccept(certificate -> startIfDue(started, certificate, rule))
                    .exceptionally(failure -> warn(started, Failures.cause(failure)));
        }
        return looks;
    }

    private static void startIfDue(Job<?, ?> job, Certificate certificate, DueRule rule) {
        IssuedCertificate issued = IssuedCertificate.of(certificate);
        if (rule.isDue(issued, Instant.now()) && !job.isInQueue()) {
            Instant end = issued.chain().leaf().getNotAfter().toInstant();
            ParameterizedJobMixIn.scheduleBuild2(
                    job, 0, new CauseAction(new CertificateDueCause(certificate.name(), end.toString())));
        }
    }

    @CheckForNull
    private static Void warn(Job<?, ?> job, Throwable failure) {
        LOGGER.log(
                Level.WARNING,
                () -> "Cannot check whether certificates of " + job.getFullName() + " are due: "
                        + failure.getMessage());
        return null;
    }

    @Extension
    @Symbol("sslCertificateDue")
    public static final class DescriptorImpl extends TriggerDescriptor {

        public static final String defaultDue = DueRule.DEFAULT;

        @Override
        public boolean isApplicable(Item item) {
            return item instanceof ParameterizedJobMixIn.ParameterizedJob;
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.CertificateDueTrigger_displayName();
        }

        @POST
        public ListBoxModel doFillAccountItems(@AncestorInPath @CheckForNull Item item) {
            return FormChoices.accounts(item);
        }

        @POST
        public FormValidation doCheckAccount(@AncestorInPath @CheckForNull Item item, @QueryParameter String value) {
            return FormChoices.checkAccount(item, value);
        }

        @POST
        public FormValidation doCheckCertificateIds(@QueryParameter String value) {
            return KnownCertificates.check(value);
        }

        @POST
        public AutoCompletionCandidates doAutoCompleteCertificateIds(@QueryParameter String value) {
            return KnownCertificates.complete(value);
        }

        @POST
        public FormValidation doCheckDue(@QueryParameter String value) {
            return FormCheck.check(
                    () -> DueRule.parse(Objects.requireNonNullElse(Util.fixEmptyAndTrim(value), DueRule.DEFAULT)));
        }
    }
}
