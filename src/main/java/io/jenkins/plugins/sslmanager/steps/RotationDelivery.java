package io.jenkins.plugins.sslmanager.steps;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.plugins.sslmanager.engine.reissue.IssuedCertificate;
import io.jenkins.plugins.sslmanager.outputs.CertificateAction;
import io.jenkins.plugins.sslmanager.outputs.EndedJob;
import io.jenkins.plugins.sslmanager.outputs.KeyPlace;
import java.io.IOException;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What a build gets in the end of a rotation. */
record RotationDelivery(StepContext context, AccountAccess access, RotationPlan plan, Consumer<String> log) {

    /**
     * The new certificate with its key, wherever the plan says. The key goes on waiting in its place, since this may have to
     * be done once more.
     *
     * @param jobId 0 if it is not known
     * @return the step's result
     */
    Map<String, Object> deliver(IssuedCertificate issued, long jobId) throws IOException, InterruptedException {
        String name = issued.data().name();
        Instant now = Instant.now();
        PrivateKey key = key(name);
        KeyStores.requirePair(key, issued.chain().leaf());
        issued.chain().verify(now);
        Run<?, ?> build = context.get(Run.class);
        if (jobId != 0) {
            EndedJob.record(build, jobId, issued.data().id());
        }
        Delivery.Delivered delivered = plan.delivery(name).deliver(context, issued, key, log);
        String keyFile = plan.writeKey(context, name, key, log);
        CertificateAction facts = CertificateAction.of(
                build, access, issued, delivered.files(), delivered.artifacts().values(), plan.dueRule(), now);
        build.addAction(facts);
        Map<String, Object> result = StepResults.of(issued, facts, delivered.credentialsId());
        result.put("rotated", true);
        StepResults.putIfKnown(result, "jobId", jobId == 0 ? null : jobId);
        StepResults.putIfKnown(result, "keyFile", keyFile);
        return result;
    }

    private PrivateKey key(String name) throws IOException, InterruptedException {
        KeyPlace place = plan.keyPlace(context, name);
        return place.find()
                .orElseThrow(() -> new AbortException("The new certificate of " + name
                        + " is there, but its private key is not: it waited in " + place
                        + ", and is there no longer. Set 'force' to have a certificate for another key"))
                .keys()
                .getPrivate();
    }

    /** The facts of a certificate that is left as it is. */
    Map<String, Object> untouched(IssuedCertificate current) throws IOException, InterruptedException {
        Run<?, ?> build = context.get(Run.class);
        CertificateAction facts =
                CertificateAction.of(build, access, current, Map.of(), List.of(), plan.dueRule(), Instant.now());
        build.addAction(facts);
        Map<String, Object> result = StepResults.of(current, facts, null);
        result.put("rotated", false);
        return result;
    }
}
