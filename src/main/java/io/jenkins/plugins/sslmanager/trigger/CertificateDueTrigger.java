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
import io.jenkins.plugins.sslmanager.engine.rotation.CertificateReference;
import io.jenkins.plugins.sslmanager.engine.rotation.DueCandidates;
import io.jenkins.plugins.sslmanager.engine.rotation.DueRule;
import io.jenkins.plugins.sslmanager.engine.rotation.IssuedCertificate;
import io.jenkins.plugins.sslmanager.engine.rotation.NamedCertificates;
import io.jenkins.plugins.sslmanager.engine.rotation.ReadableCertificates;
import io.jenkins.plugins.sslmanager.engine.rotation.SharedCertificateList;
import io.jenkins.plugins.sslmanager.forms.FormCheck;
import io.jenkins.plugins.sslmanager.forms.FormChoices;
import io.jenkins.plugins.sslmanager.forms.Parameter;
import io.jenkins.plugins.sslmanager.orders.JobCertificates;
import io.jenkins.plugins.sslmanager.orders.ListedCertificates;
import io.jenkins.plugins.sslmanager.orders.OfferedCertificates;
import io.jenkins.plugins.sslmanager.orders.Orders;
import java.io.ObjectStreamException;
import java.time.Instant;
import java.util.ArrayList;
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

    private final String certificates;

    @CheckForNull
    private String account;

    private String due = DueRule.DEFAULT;

    @DataBoundConstructor
    public CertificateDueTrigger(String certificates) {
        super(DAILY);
        this.certificates = Util.fixNull(certificates).trim();
    }

    /** A configuration does not choose the time, since each look takes requests from the account's other builds. */
    @Override
    protected Object readResolve() throws ObjectStreamException {
        if (DAILY.equals(spec)) {
            return super.readResolve();
        }
        CertificateDueTrigger daily = new CertificateDueTrigger(certificates);
        daily.setAccount(account);
        daily.setDue(due);
        return daily;
    }

    /** Returns names or the service's numbers, separated by commas or white space. */
    public String getCertificates() {
        return certificates;
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
     * @return done when all certificates have been looked at, or one is due; never fails
     */
    CompletableFuture<Void> look() {
        Job<?, ?> started = job;
        if (started == null || started.isBuilding() || started.isInQueue()) {
            return CompletableFuture.completedFuture(null);
        }
        try {
            DueRule rule = DueRule.parse(due);
            AccountAccess access = AccountAccess.of(started, UsableAccounts.idFor(started, account), Orders.get());
            List<CertificateReference> references =
                    Parameter.read("certificates", () -> CertificateReference.parseAll(certificates));
            ListedCertificates.OfUser listed = ListedCertificates.of(access);
            return numbers(started, access, references, listed.list())
                    .thenCompose(numbers -> listed.due().among(access.api(), numbers, rule))
                    .thenCompose(candidates -> look(started, access.api().patient(), listed.due(), candidates, rule))
                    .<Void>thenApply(over -> null)
                    .exceptionally(failure -> warn(started, Failures.cause(failure)));
        } catch (IllegalArgumentException e) {
            warn(started, e);
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Finds the present numbers. A certificate that is not found does not keep the others from being looked at. */
    private static CompletableFuture<List<Long>> numbers(
            Job<?, ?> started,
            AccountAccess access,
            List<CertificateReference> references,
            SharedCertificateList list) {
        NamedCertificates named = JobCertificates.of(access);
        if (references.stream().allMatch(reference -> reference.name() == null)) {
            ReadableCertificates none = named.among(List.of());
            return CompletableFuture.completedFuture(references.stream()
                    .flatMap(reference -> none.of(reference).stream())
                    .toList());
        }
        return list.all(access.api(), DueCandidates.FRESH)
                .exceptionally(failure -> List.of())
                .thenCompose(rows -> numbers(started, references, named, named.among(rows)));
    }

    /** What the list does not tell, which may be some hours old, is looked up. */
    private static CompletableFuture<List<Long>> numbers(
            Job<?, ?> started,
            List<CertificateReference> references,
            NamedCertificates named,
            ReadableCertificates listed) {
        List<Long> numbers = new ArrayList<>();
        CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
        for (CertificateReference reference : references) {
            List<Long> found = listed.of(reference);
            last = last.thenCompose(before -> found.size() == 1
                            ? CompletableFuture.completedFuture(found.get(0))
                            : named.number(reference))
                    .thenAccept(numbers::add)
                    .exceptionally(failure -> warn(started, Failures.cause(failure)));
        }
        return last.thenApply(over -> numbers);
    }

    /** Ends with the first one that is due, since the build that is started for it handles all of them. */
    private static CompletableFuture<Boolean> look(
            Job<?, ?> started, SslManagerApi api, DueCandidates due, List<Long> candidates, DueRule rule) {
        CompletableFuture<Boolean> looks = CompletableFuture.completedFuture(false);
        for (long id : candidates) {
            looks = looks.thenCompose(isStarted -> isStarted
                            ? CompletableFuture.completedFuture(true)
                            : api.certificateInfo(id).thenApply(certificate -> {
                                due.looked(id);
                                return startIfDue(started, certificate, rule);
                            }))
                    .exceptionally(failure -> {
                        warn(started, Failures.cause(failure));
                        return false;
                    });
        }
        return looks;
    }

    private static boolean startIfDue(Job<?, ?> job, Certificate certificate, DueRule rule) {
        IssuedCertificate issued = IssuedCertificate.of(certificate);
        if (!rule.isDue(issued, Instant.now())) {
            return false;
        }
        Instant end = issued.chain().leaf().getNotAfter().toInstant();
        ParameterizedJobMixIn.scheduleBuild2(
                job, 0, new CauseAction(new CertificateDueCause(certificate.name(), end.toString())));
        return true;
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
        public FormValidation doCheckCertificates(@QueryParameter String value) {
            return KnownCertificates.check(value, CertificateReference::parseAll);
        }

        @POST
        public AutoCompletionCandidates doAutoCompleteCertificates(
                @AncestorInPath @CheckForNull Item item, @QueryParameter String value, @QueryParameter String account) {
            return OfferedCertificates.complete(item, account, value);
        }

        @POST
        public FormValidation doCheckDue(@QueryParameter String value) {
            return FormCheck.check(
                    () -> DueRule.parse(Objects.requireNonNullElse(Util.fixEmptyAndTrim(value), DueRule.DEFAULT)));
        }
    }
}
