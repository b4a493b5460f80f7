package io.jenkins.plugins.sslmanager.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.account.GrantRefusal;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.delivery.CertificateOfBuild;
import io.jenkins.plugins.sslmanager.delivery.CertificateOutcome;
import io.jenkins.plugins.sslmanager.delivery.CertificatesAction;
import io.jenkins.plugins.sslmanager.delivery.Delivery;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.rotation.DueRule;
import io.jenkins.plugins.sslmanager.engine.rotation.IssuedCertificate;
import io.jenkins.plugins.sslmanager.engine.rotation.KeptCertificate;
import io.jenkins.plugins.sslmanager.engine.rotation.PaidTerm;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationOutcome;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationPort;
import io.jenkins.plugins.sslmanager.orders.ControllerShutdown;
import java.io.IOException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The rotation of one certificate by one step of a build. */
final class BuildRotation implements RotationPort {

    private final RotatingStep step;
    private final StepContext context;
    private final RotationParameters parameters;
    private final RotationProgress progress;
    private final AccountAccess access;
    private final Run<?, ?> build;
    private final RotationDelivery delivery;
    private final RotationVault vault;
    private volatile String name;

    /** The service's certificate at the beginning; null where the service was not asked, or not reached. */
    @CheckForNull
    private volatile IssuedCertificate existing;

    /** When the order was begun; null before. */
    @CheckForNull
    private volatile Instant begun;

    BuildRotation(
            RotatingStep step,
            StepContext context,
            AccountAccess access,
            RotationParameters parameters,
            RotationProgress progress)
            throws IOException, InterruptedException {
        this.step = step;
        this.context = context;
        this.parameters = parameters;
        this.progress = progress;
        this.access = access;
        build = context.get(Run.class);
        delivery = new RotationDelivery(progress.certificateId(), context, access, parameters, this::log);
        vault = new RotationVault(build, access, parameters, this::log);
        name = progress.reference().toString();
    }

    /** Returns what the step tells of this certificate. */
    Map<String, Object> result(RotationOutcome outcome) throws IOException, InterruptedException {
        IssuedCertificate certificate = outcome.certificate();
        return switch (outcome.kind()) {
            case ROTATED -> {
                requireWorthwhile(order(outcome));
                yield delivery.result();
            }
            case DELIVERED_BEFORE -> {
                requireWorthwhile(order(outcome));
                yield delivery.deliveredBefore(certificate, order(outcome));
            }
            case NOT_DUE -> delivery.untouched(certificate, CertificateOutcome.Kind.NOT_DUE);
            case DRY_RUN -> delivery.untouched(certificate, CertificateOutcome.Kind.DRY_RUN);
            case RENEWAL_NEEDED -> {
                step.makeUnstable(name
                        + " is due, but its paid term ends with it. Renew it in SSL Manager, or have the step do so"
                        + " with atTermEnd: 'renew'");
                yield delivery.untouched(certificate, CertificateOutcome.Kind.RENEWAL_NEEDED);
            }
            case NOTHING_TO_WIN -> {
                step.makeUnstable(name + " is due, and its last re-issue hardly lasted longer");
                yield delivery.untouched(certificate, CertificateOutcome.Kind.NOTHING_TO_WIN);
            }
            case REISSUED_ELSEWHERE -> {
                step.makeUnstable(name + " was re-issued elsewhere, and its key is not here");
                yield delivery.untouched(certificate, CertificateOutcome.Kind.KEY_MISSING);
            }
            case KEY_NOT_HERE -> {
                step.makeUnstable(name + " is not provided, since its key is not here");
                yield delivery.untouched(certificate, CertificateOutcome.Kind.KEY_MISSING);
            }
            case UNDER_WAY -> {
                log("Being re-issued by another run of this job, "
                        + order(outcome).holder() + ". Nothing is left to do here");
                if (isNearEnd(certificate)) {
                    step.makeUnstable(name + " is near its end, and another run of this job still re-issues it");
                }
                yield delivery.untouched(certificate, CertificateOutcome.Kind.UNDER_WAY);
            }
            case ORDERED_BY_ANOTHER_JOB -> {
                log("Being re-issued by another job, to which its key belongs. Nothing is delivered here");
                if (parameters.dueRule().isDue(certificate, Instant.now()) || isNearEnd(certificate)) {
                    log("It is due, so this build is unstable: it has no certificate that lasts");
                    step.makeUnstable(name + " is due, and another job re-issues it");
                }
                yield delivery.untouched(certificate, CertificateOutcome.Kind.UNDER_WAY);
            }
        };
    }

    private static boolean isNearEnd(IssuedCertificate certificate) {
        X509Certificate leaf = certificate.chain().leaf();
        return !Instant.now()
                .isBefore(DueRule.nearEndFrom(
                        leaf.getNotBefore().toInstant(), leaf.getNotAfter().toInstant()));
    }

    private void requireWorthwhile(Order order) throws IOException, InterruptedException {
        if (order.wonTooLittle()) {
            step.makeUnstable(order.certificateName() + " was re-issued, and lasts hardly longer than before");
        }
    }

    private static Order order(RotationOutcome outcome) {
        return Objects.requireNonNull(outcome.order(), "Such an outcome is about an order");
    }

    /** Returns the certificate's name, or its number as long as that is not known. */
    String name() {
        return name;
    }

    @Override
    public void log(String line) {
        step.tell(parameters.isForSeveral() ? name + ": " + line : line);
    }

    /** Writes a line into the build's log, and tells it on the build's page as what is being waited for. */
    void waits(String line) {
        log(line);
        tellProgress(line);
    }

    private void tellProgress(@CheckForNull String state) {
        Instant since = begun;
        CertificatesAction.of(build)
                .progress(CertificateOutcome.waiting(
                        access.system(),
                        progress.certificateId(),
                        name,
                        state,
                        since == null ? Instant.now() : since,
                        parameters.deadline()));
    }

    /**
     * Tells on the build's page, and in the certificate's record, why it was not rotated. Who goes on with an order knows the
     * certificate's name alone.
     */
    void failed(Throwable cause) {
        IssuedCertificate known = existing;
        CertificatesAction.of(build)
                .put(CertificateOutcome.failed(
                        access.system(),
                        progress.certificateId(),
                        known == null && begun == null ? progress.reference().name() : name,
                        String.valueOf(cause.getMessage()),
                        known == null
                                ? null
                                : CertificateOfBuild.of(
                                        build,
                                        access,
                                        known,
                                        Delivery.Delivered.NOTHING,
                                        parameters.dueRule(),
                                        Instant.now())));
    }

    @Override
    public void check(IssuedCertificate current) throws IOException, InterruptedException {
        existing = current;
        progress.requireName(current.data().name());
        name = current.data().name();
        parameters.requireGrant(access.ofJob(), current);
        tellPaidTerm(current);
        parameters.check(context, current);
        vault.check(current);
        step.requireOwnTargets(progress.certificateId(), parameters.targets(name));
    }

    /** Due or not, since somebody has to decide about it, and it takes a while. */
    private void tellPaidTerm(IssuedCertificate current) {
        Instant now = Instant.now();
        PaidTerm.of(current.data().payable())
                .filter(term -> term.endsWithin(SslManagerConfiguration.get().paidTermNotice(), now))
                .ifPresent(term -> log(parameters.renewsAtTermEnd() ? term.toldWhereRenewed(now) : term.told(now)));
        if (parameters.renewsAtTermEnd()) {
            tellIfNotRenewed(current);
        }
    }

    /** Long before the term ends, since somebody has to do something about it. */
    private void tellIfNotRenewed(IssuedCertificate current) {
        try {
            if (renewals(current) == 0) {
                log("It will not be renewed when its paid term ends: its account is set to no renewals");
            }
        } catch (GrantRefusal e) {
            log("It will not be renewed when its paid term ends: " + e.getMessage());
        }
    }

    @Override
    public int renewals(IssuedCertificate current) {
        return parameters.renewals(access.ofJob(), current);
    }

    @Override
    public Optional<X509Certificate> inUse(IssuedCertificate current) throws IOException, InterruptedException {
        return parameters.delivery(current.data().name()).inUse(context, current);
    }

    @Override
    public Optional<KeptCertificate> kept(IssuedCertificate current) {
        return vault.kept(current);
    }

    @Override
    public void fill(IssuedCertificate kept, PrivateKey key) throws IOException, InterruptedException {
        vault.show(kept, key);
        delivery.fill(kept, key);
    }

    @Override
    public Lack lack(IssuedCertificate current) throws IOException, InterruptedException {
        String id = parameters.credentialId(current.data().name());
        if (id != null) {
            return vault.lack(current, id);
        }
        if (parameters.workspaceCopy(context, current.data().name()).isUsable(current, Instant.now())) {
            return Lack.NOTHING;
        }
        log(
                "Its private key is neither in the vault nor in the workspace, which alone does not justify an order. Set 'force'"
                        + " once to order it");
        return Lack.KEY;
    }

    @Override
    public boolean isHeldBack(IssuedCertificate current) {
        return vault.isHeldBack(current);
    }

    @Override
    public void placed(Order order) {
        vault.placed(order);
    }

    @Override
    public void keep(Order order, IssuedCertificate issued, @CheckForNull PrivateKey key) throws IOException {
        if (key != null) {
            vault.keep(order, issued, key);
        }
    }

    @Override
    public void follows(Order order) {
        name = order.certificateName();
        progress.follow(order.id());
        begun = order.created();
        tellProgress(null);
        // Nobody waits for this: the order book knows the order, and the build only wants to find it again.
        step.saveProgress();
    }

    @Override
    public CompletableFuture<Void> prove(Order order) {
        return step.prove(progress, order, this::log);
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
