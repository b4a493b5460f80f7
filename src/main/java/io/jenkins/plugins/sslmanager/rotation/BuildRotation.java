package io.jenkins.plugins.sslmanager.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Holder;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.rotation.IssuedCertificate;
import io.jenkins.plugins.sslmanager.engine.rotation.Rotation;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationOutcome;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationPort;
import io.jenkins.plugins.sslmanager.orders.ControllerShutdown;
import io.jenkins.plugins.sslmanager.steps.SslManagerExecution;
import java.io.IOException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The rotation of one certificate by one step of a build. */
final class BuildRotation implements RotationPort {

    private final RotateCertificateExecution step;
    private final RotationParameters plan;
    private final RotationProgress progress;
    private final Run<?, ?> build;
    private final RotationDelivery delivery;
    private final Holder holder;
    private final Rotation rotation;
    private volatile String name;

    BuildRotation(RotateCertificateExecution step, AccountAccess access, RotationProgress progress)
            throws IOException, InterruptedException {
        this.step = step;
        this.progress = progress;
        plan = step.plan();
        build = step.getContext().get(Run.class);
        delivery = new RotationDelivery(step.getContext(), access, plan, this::log);
        holder = step.holder(String.valueOf(progress.certificateId()));
        name = String.valueOf(progress.certificateId());
        rotation = new Rotation(
                step.rotationContext(access, plan.deadline(), holder),
                plan.settings(),
                this,
                new CertificateId(access.system(), progress.certificateId()));
    }

    /** @return done when {@link RotationProgress#result} is there */
    CompletableFuture<Void> run() {
        if (progress.result() != null) {
            return CompletableFuture.completedFuture(null);
        }
        return step.atWork(holder, rotation::end, () -> rotation.run(progress.orderId()))
                .thenApplyAsync(outcome -> SslManagerExecution.inFuture(() -> result(outcome)), step.pool())
                .thenCompose(result -> {
                    progress.end(result);
                    return step.saveState();
                });
    }

    private Map<String, Object> result(RotationOutcome outcome) throws IOException, InterruptedException {
        IssuedCertificate certificate = outcome.certificate();
        return switch (outcome.kind()) {
            case ROTATED -> delivery.result();
            case DELIVERED_BEFORE -> delivery.before(certificate, order(outcome));
            case NOT_DUE, DRY_RUN -> delivery.untouched(certificate);
            case RENEWAL_NEEDED -> {
                build.setResult(Result.UNSTABLE);
                yield delivery.untouched(certificate);
            }
            case UNDER_WAY -> {
                log("Being re-issued by another run of this job, "
                        + order(outcome).holder() + ". Nothing is left to do here");
                yield delivery.untouched(certificate);
            }
            case ORDERED_BY_ANOTHER_JOB -> {
                log("Being re-issued by another job, to which its key belongs. Nothing is delivered here");
                if (plan.dueRule().isDue(certificate, Instant.now())) {
                    log("It is due, so this build is unstable: it has no certificate that lasts");
                    build.setResult(Result.UNSTABLE);
                }
                yield delivery.untouched(certificate);
            }
        };
    }

    private static Order order(RotationOutcome outcome) {
        return Objects.requireNonNull(outcome.order(), "Such an outcome is about an order");
    }

    /** The certificate's name, or its number as long as that is not known. */
    String name() {
        return name;
    }

    @Override
    public void log(String line) {
        step.log(plan.isForSeveral() ? name + ": " + line : line);
    }

    @Override
    public void check(IssuedCertificate current) throws IOException, InterruptedException {
        name = current.data().name();
        plan.check(step.getContext(), current);
        step.requireOwnTargets(progress.certificateId(), plan.targets(name));
    }

    @Override
    public Optional<X509Certificate> inUse(IssuedCertificate current) throws IOException, InterruptedException {
        return plan.delivery(current.data().name()).stored(step.getContext(), current);
    }

    @Override
    public void follows(Order order) {
        name = order.certificateName();
        progress.follow(order.id());
        // Not waited for: the order book knows the order, and the build only wants to know it again.
        step.saveState();
    }

    @Override
    public CompletableFuture<Void> prove(Order order) {
        return step.prove(progress, new ValidationData(order.proof()), this::log);
    }

    @Override
    public void deliver(Order order, IssuedCertificate issued, @CheckForNull PrivateKey key)
            throws IOException, InterruptedException {
        delivery.deliver(order, issued, key);
    }

    @Override
    public boolean isInterrupted() {
        return ControllerShutdown.hasBegun();
    }
}
