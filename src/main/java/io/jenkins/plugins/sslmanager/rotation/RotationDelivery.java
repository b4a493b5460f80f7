package io.jenkins.plugins.sslmanager.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.delivery.CertificateOfBuild;
import io.jenkins.plugins.sslmanager.delivery.CertificateOutcome;
import io.jenkins.plugins.sslmanager.delivery.CertificatesAction;
import io.jenkins.plugins.sslmanager.delivery.Delivery;
import io.jenkins.plugins.sslmanager.delivery.EndedJob;
import io.jenkins.plugins.sslmanager.delivery.StepResults;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.plugins.sslmanager.engine.rotation.IssuedCertificate;
import java.io.IOException;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Hands over what a build gets at the end of a rotation, and makes the result of the step. */
final class RotationDelivery {

    private final long certificateId;
    private final StepContext context;
    private final AccountAccess access;
    private final RotationParameters parameters;
    private final Consumer<String> log;

    @CheckForNull
    private volatile Map<String, Object> delivered;

    /** What was handed over of a certificate that is left as it is. */
    private volatile Delivery.Delivered filled = Delivery.Delivered.NOTHING;

    /** @param certificateId the number that the step was given */
    RotationDelivery(
            long certificateId,
            StepContext context,
            AccountAccess access,
            RotationParameters parameters,
            Consumer<String> log) {
        this.certificateId = certificateId;
        this.context = context;
        this.access = access;
        this.parameters = parameters;
        this.log = log;
    }

    /** The new certificate with its key, wherever the parameters say. May be done once more. */
    void deliver(Order order, IssuedCertificate issued, @CheckForNull PrivateKey key)
            throws IOException, InterruptedException {
        String name = issued.data().name();
        Instant now = Instant.now();
        if (key == null) {
            throw new IllegalArgumentException("The order of " + name + " (" + order.id()
                    + ") was made for a CSR that was brought along, so its private key is not in the order book. Get the"
                    + " certificate by sslCertificateInfo, or set 'force' to have one for a new key");
        }
        KeyStores.requirePair(key, issued.chain().leaf());
        issued.chain().verify(now);
        Run<?, ?> build = context.get(Run.class);
        if (order.jobId() != 0) {
            EndedJob.record(build, order.jobId(), order.certificateIdNow());
        }
        Delivery.Delivered handedOver =
                parameters.delivery(name).deliver(context, issued, key, log).as(parameters.credentialId(name));
        String keyFile = parameters.writeKey(context, name, key, log);
        CertificateOfBuild facts = CertificateOfBuild.of(build, access, issued, handedOver, parameters.dueRule(), now);
        tell(build, outcome(order), facts, handedOver.credentialsId());
        Map<String, Object> result = StepResults.certificate(issued, facts, handedOver.credentialsId());
        result.put("rotated", true);
        result.put("renewed", order.isRenewal());
        StepResults.putIfKnown(result, "jobId", order.jobId() == 0 ? null : order.jobId());
        StepResults.putIfKnown(result, "keyFile", keyFile);
        delivered = result;
    }

    /** What the vault has, wherever files are wanted and missing. */
    void fill(IssuedCertificate kept, PrivateKey key) throws IOException, InterruptedException {
        String name = kept.data().name();
        Delivery.Delivered handedOver = Delivery.Delivered.NOTHING;
        if (!parameters.workspaceCopy(context, name).isUpToDate(kept)) {
            log.accept("The workspace lacks it, so it comes from the vault");
            handedOver = parameters.delivery(name).deliver(context, kept, key, log);
            parameters.writeKey(context, name, key, log);
        }
        filled = handedOver.as(parameters.credentialId(name));
    }

    /** Returns the step's result after {@link #deliver}. */
    Map<String, Object> result() {
        Map<String, Object> result = delivered;
        if (result == null) {
            throw new IllegalStateException("Nothing was delivered");
        }
        return result;
    }

    /** Returns the result where a restart came between the delivery and the end of the step. */
    Map<String, Object> deliveredBefore(IssuedCertificate certificate, Order order)
            throws IOException, InterruptedException {
        String name = certificate.data().name();
        filled = parameters.delivery(name).deliveredBefore(context, certificate).as(parameters.credentialId(name));
        Map<String, Object> result = untouched(certificate, outcome(order));
        result.put("rotated", true);
        result.put("renewed", order.isRenewal());
        StepResults.putIfKnown(result, "jobId", order.jobId() == 0 ? null : order.jobId());
        StepResults.putIfKnown(result, "keyFile", parameters.keyFile(name));
        return result;
    }

    /** The facts of a certificate that is left as it is. */
    Map<String, Object> untouched(IssuedCertificate current, CertificateOutcome.Kind outcome)
            throws IOException, InterruptedException {
        Run<?, ?> build = context.get(Run.class);
        CertificateOfBuild facts =
                CertificateOfBuild.of(build, access, current, filled, parameters.dueRule(), Instant.now());
        tell(build, outcome, facts, filled.credentialsId());
        Map<String, Object> result = StepResults.certificate(current, facts, filled.credentialsId());
        result.put("rotated", false);
        result.put("renewed", false);
        return result;
    }

    private static CertificateOutcome.Kind outcome(Order order) {
        return order.isRenewal() ? CertificateOutcome.Kind.RENEWED : CertificateOutcome.Kind.REISSUED;
    }

    private void tell(
            Run<?, ?> build,
            CertificateOutcome.Kind outcome,
            CertificateOfBuild facts,
            @CheckForNull String credentialsId) {
        CertificatesAction.of(build).put(CertificateOutcome.of(certificateId, outcome, facts, credentialsId));
    }
}
