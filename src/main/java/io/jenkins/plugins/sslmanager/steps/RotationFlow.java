package io.jenkins.plugins.sslmanager.steps;

import io.jenkins.plugins.sslmanager.engine.rotation.RotationVerdict;
import hudson.model.Computer;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.account.CertificateSuccessors;
import io.jenkins.plugins.sslmanager.account.Connections;
import io.jenkins.plugins.sslmanager.account.Inboxes;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.reissue.EarlierOrder;
import io.jenkins.plugins.sslmanager.engine.reissue.IssuedCertificate;
import io.jenkins.plugins.sslmanager.engine.reissue.JobOutcome;
import io.jenkins.plugins.sslmanager.engine.reissue.OrderDraft;
import io.jenkins.plugins.sslmanager.engine.reissue.ReissueProcess;
import io.jenkins.plugins.sslmanager.engine.reissue.ReissueState;
import io.jenkins.plugins.sslmanager.outputs.KeyPlace;
import io.jenkins.plugins.sslmanager.outputs.WaitingKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The way of one certificate from "is it due?" to its delivery, taken up wherever the {@link Rotation} says. */
final class RotationFlow {

    private static final Executor POOL = Computer.threadPoolForRemoting;

    private final RotateCertificateExecution step;
    private final StepContext context;
    private final AccountAccess access;
    private final RotationPlan plan;
    private final Rotation rotation;

    RotationFlow(RotateCertificateExecution step, AccountAccess access, RotationPlan plan, Rotation rotation) {
        this.step = step;
        this.access = access;
        this.plan = plan;
        this.rotation = rotation;
        context = step.getContext();
    }

    /** @return done when {@link Rotation#result} is there */
    CompletableFuture<Void> run() {
        CompletableFuture<Void> ended = rotation.result() != null
                ? CompletableFuture.completedFuture(null)
                : ask().thenComposeAsync(
                                existing -> SslManagerExecution.inFuture(
                                        () -> rotation.isBegun() ? goOn(existing) : begin(existing)),
                                POOL)
                        .thenCompose(result -> {
                            rotation.end(result);
                            return step.saveState();
                        });
        return ended.handleAsync(new WaitingKeyRemoval(context, plan, rotation)::after, POOL)
                .thenCompose(Function.identity());
    }

    private CompletableFuture<Certificate> ask() {
        return step.abortable(access.api().certificateInfo(rotation.certificateId()));
    }

    private CompletableFuture<Map<String, Object>> begin(Certificate existing)
            throws IOException, InterruptedException {
        IssuedCertificate current = IssuedCertificate.of(existing);
        rotation.name(existing.name());
        plan.check(context, current);
        KeyPlace place = plan.keyPlace(context, existing.name());
        Optional<WaitingKey> waiting = place.find();
        if (waiting.isEmpty()) {
            return judge(current);
        }
        if (plan.isDryRun()) {
            log(existing, "Dry run: what was ordered for the key in " + place + " is left to another build");
            return CompletableFuture.completedFuture(delivery(existing).untouched(current));
        }
        KeyPair keys = waiting.get().keys();
        if (keys.getPublic().equals(current.chain().leaf().getPublicKey())) {
            log(existing, "An earlier build has had this certificate issued; its key waits in " + place);
            return CompletableFuture.completedFuture(deliver(current, 0));
        }
        CertificateSigningRequest csr = plan.newKey().csr(keys, existing);
        return step.abortable(earlierOrder()
                        .of(existing, csr, ctid(csr), waiting.get().since()))
                .thenComposeAsync(
                        order -> SslManagerExecution.inFuture(
                                () -> order.isPresent() ? adopt(existing, csr, order.get()) : judge(current)),
                        POOL);
    }

    private CompletableFuture<Map<String, Object>> adopt(
            Certificate existing, CertificateSigningRequest csr, ReissueState ordered) {
        log(existing, "Going on with the order of an earlier build: job " + ordered.jobId());
        rotation.begin(csr);
        rotation.reach(ordered);
        return step.saveState().thenCompose(saved -> goOn(existing));
    }

    private CompletableFuture<Map<String, Object>> judge(IssuedCertificate current)
            throws IOException, InterruptedException {
        Certificate existing = current.data();
        RotationVerdict verdict = RotationVerdict.of(
                current,
                plan.delivery(existing.name()).stored(context, current).orElse(null),
                plan.dueRule(),
                Instant.now());
        log(existing, verdict.reason());
        if (!verdict.isToBeReissued() && plan.isForced()) {
            log(existing, "Re-issued all the same, as 'force' says");
        } else if (!verdict.isToBeReissued()) {
            if (verdict.isRenewalNeeded()) {
                build().setResult(Result.UNSTABLE);
            }
            return CompletableFuture.completedFuture(delivery(existing).untouched(current));
        }
        return step.abortable(earlierOrder().requireNoneRunning(existing, line -> log(existing, line)))
                .thenComposeAsync(nothing -> SslManagerExecution.inFuture(() -> beginOrder(current)), POOL);
    }

    private CompletableFuture<Map<String, Object>> beginOrder(IssuedCertificate current)
            throws IOException, InterruptedException {
        Certificate existing = current.data();
        KeyPair keys = plan.newKey().algorithm().generate();
        CertificateSigningRequest csr = plan.newKey().csr(keys, existing);
        if (plan.isDryRun()) {
            return offer(existing, csr)
                    .thenApplyAsync(
                            proof -> SslManagerExecution.inFuture(() -> {
                                log(existing, "Dry run: the service takes a CSR for " + csr.dnsNames());
                                log(existing, proof.explanation());
                                log(existing, "Nothing was ordered, and the key is gone");
                                return delivery(existing).untouched(current);
                            }),
                            POOL);
        }
        KeyPlace place = plan.keyPlace(context, existing.name());
        boolean exposed = place.keep(keys, csr);
        log(existing, "The new key (" + plan.newKey().algorithm() + ") waits for its certificate in " + place);
        if (exposed) {
            log(existing, "Warning: the file system has no permissions, so others on the agent may read it");
        }
        rotation.begin(csr);
        return step.saveState().thenCompose(saved -> goOn(existing));
    }

    private CompletableFuture<Proof> offer(Certificate existing, CertificateSigningRequest csr) {
        return step.abortable(access.api().prepareOrder(CertificateData.request(csr.toPem(), plan.product(existing))))
                .thenApply(prepared -> Proof.of(OrderDraft.offered(existing, prepared)));
    }

    private CompletableFuture<Map<String, Object>> goOn(Certificate existing) {
        ReissueProcess process = new ReissueProcess(
                access.api(), Connections.get().pauses(), rotation.csr(), this::save, line -> log(existing, line));
        ReissueState reached = rotation.state();
        CompletableFuture<ReissueState> prepared = reached == null
                ? step.abortable(process.prepare(rotation.certificateId(), ctid(rotation.csr())))
                : CompletableFuture.completedFuture(reached);
        return prepared.thenCompose(state -> state.jobId() == 0
                        ? prove(existing)
                                .thenCompose(
                                        proof -> step.abortable(process.order(state, proof.toOrder(), plan.changes())))
                        : CompletableFuture.completedFuture(state))
                .thenCompose(ordered -> step.abortable(process.resume(ordered, this::ends))
                        .thenApplyAsync(
                                issued -> SslManagerExecution.inFuture(() -> deliver(issued, ordered.jobId())), POOL));
    }

    /** All that shall be there before the order, so that the service finds it. */
    private CompletableFuture<Proof> prove(Certificate existing) {
        CompletableFuture<Proof> offered = rotation.proof() != null
                ? CompletableFuture.completedFuture(rotation.proof())
                : offer(existing, rotation.csr()).thenCompose(proof -> {
                    log(existing, proof.explanation());
                    rotation.offer(proof);
                    return step.saveState().thenApply(saved -> proof);
                });
        return offered.thenCompose(proof -> rotation.isProven()
                ? CompletableFuture.completedFuture(proof)
                : step.prove(rotation, proof, line -> log(existing, line)).thenCompose(done -> {
                    rotation.prove();
                    return step.saveState().thenApply(saved -> proof);
                }));
    }

    private CompletableFuture<JobOutcome> ends(long jobId) {
        return Inboxes.get()
                .await(
                        access,
                        jobId,
                        plan.deadline(),
                        build().getFullDisplayName(),
                        () -> step.accessAgain().api(),
                        step::log)
                .ended();
    }

    private Map<String, Object> deliver(IssuedCertificate issued, long jobId) throws IOException, InterruptedException {
        Map<String, Object> result = delivery(issued.data()).deliver(issued, jobId);
        CertificateSuccessors.get()
                .record(
                        access.service(),
                        rotation.certificateId(),
                        issued.data().id());
        rotation.serve(
                Certificates.sha256Hex(issued.chain().leaf().getPublicKey().getEncoded()));
        return result;
    }

    private RotationDelivery delivery(Certificate existing) {
        return new RotationDelivery(context, access, plan, line -> log(existing, line));
    }

    private EarlierOrder earlierOrder() {
        return new EarlierOrder(access.api(), Connections.get().pauses());
    }

    private String ctid(CertificateSigningRequest csr) {
        return ClientTransaction.id(rotation.certificateId(), csr);
    }

    private CompletionStage<Void> save(ReissueState reached) {
        rotation.reach(reached);
        return step.saveState();
    }

    private void log(Certificate existing, String line) {
        step.log(plan.isForSeveral() ? existing.name() + ": " + line : line);
    }

    private Run<?, ?> build() {
        try {
            return context.get(Run.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
