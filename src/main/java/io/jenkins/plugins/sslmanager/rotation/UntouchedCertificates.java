package io.jenkins.plugins.sslmanager.rotation;

import hudson.FilePath;
import hudson.model.Run;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.certificates.KnownCertificates;
import io.jenkins.plugins.sslmanager.credentials.CertificateVault;
import io.jenkins.plugins.sslmanager.delivery.StepResults;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.rotation.DueCandidates;
import io.jenkins.plugins.sslmanager.engine.vault.JobVault;
import io.jenkins.plugins.sslmanager.orders.Orders;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Tells which certificates of the service's list a step need not ask for: they are far from due, they have no open order, and the
 * vault provides this job with them. Files in a workspace are looked at, each with its certificate.
 */
final class UntouchedCertificates {

    private final AccountAccess access;
    private final RotationParameters parameters;
    private final JobVault vault;
    private final boolean isWorkspaceWanted;
    private final Instant now = Instant.now();
    private final Map<Long, Instant> looks;

    /** The job's build before this one: no look that is not known is later. */
    private final Instant previous;

    UntouchedCertificates(StepContext context, AccountAccess access, RotationParameters parameters)
            throws IOException, InterruptedException {
        this.access = access;
        this.parameters = parameters;
        Run<?, ?> build = context.get(Run.class);
        Run<?, ?> before = build.getPreviousBuild();
        vault = CertificateVault.get().of(build.getParent(), access.account().getId());
        looks = KnownCertificates.looksOf(build.getParent(), access.system());
        previous = before == null ? now : Instant.ofEpochMilli(before.getTimeInMillis());
        isWorkspaceWanted = context.get(FilePath.class) != null;
    }

    /**
     * Returns what the step tells of a certificate without having asked for it; empty if it has to be asked for.
     *
     * @param number that the certificate has now
     */
    Optional<Map<String, Object>> result(long number, Certificate row) {
        if (isWorkspaceWanted || parameters.isForced() || row.expire() == null) {
            return Optional.empty();
        }
        CertificateId certificate = new CertificateId(access.system(), number);
        Instant end = row.expire().toInstant();
        String credentialId = parameters.credentialId(row.name());
        Instant looked = looks.getOrDefault(number, previous);
        if (DueCandidates.mayBeDue(number, end, parameters.dueRule(), looked, now)
                || Orders.get().book().openFor(certificate).isPresent()
                || !vault.provides(certificate, credentialId, end)) {
            return Optional.empty();
        }
        Map<String, Object> result = StepResults.listed(row, now);
        result.put("certificateId", number);
        result.put("due", false);
        StepResults.putIfKnown(result, "credentialsId", credentialId);
        result.put("rotated", false);
        result.put("renewed", false);
        return Optional.of(result);
    }
}
