package io.jenkins.plugins.sslmanager.engine.reissue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.CertAuthentication;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import io.jenkins.plugins.sslmanager.engine.async.UnderWay;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.ReissueChecks;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A re-issue in its stages, which can be walked one by one or all at once, and be taken up again at each: what a stage needs
 * is in its {@link ReissueState}, in the CSR, or at the service.
 *
 * <p>All futures fail with ApiException, PkiException or {@link ReissueException}. Cancelling one that a method gave ends the
 * request or wait under way, and the process with it: nothing more is sent.
 */
public final class ReissueProcess {

    private final SslManagerApi api;
    private final Pauses pauses;
    private final CertificateSigningRequest csr;
    private final Function<ReissueState, CompletionStage<Void>> save;
    private final Consumer<String> log;
    private final UnderWay underWay = new UnderWay();

    /**
     * @param save keeps each state for good before the next effect
     * @param log a line for each stage
     */
    public ReissueProcess(
            SslManagerApi api,
            Pauses pauses,
            CertificateSigningRequest csr,
            Function<ReissueState, CompletionStage<Void>> save,
            Consumer<String> log) {
        this.api = api;
        this.pauses = pauses;
        this.csr = csr;
        this.save = save;
        this.log = log;
    }

    /**
     * All stages from the beginning.
     *
     * @param ctid the client transaction id of the order
     * @return certificate and chain, checked
     */
    public CompletableFuture<IssuedCertificate> start(long certificateId, String ctid, JobEnds ends) {
        return underWay.endedBy(prepare(certificateId, ctid).thenCompose(state -> resume(state, ends)));
    }

    /** All stages that a state leaves. */
    public CompletableFuture<IssuedCertificate> resume(ReissueState state, JobEnds ends) {
        return switch (state.stage()) {
            case PREPARED, ORDERING ->
                underWay.endedBy(order(state, null).thenCompose(ordered -> resume(ordered, ends)));
            case ORDERED -> underWay.endedBy(await(state, ends).thenCompose(notified -> resume(notified, ends)));
            case NOTIFIED, FETCHED, CHECKED -> fetchAndCheck(state);
        };
    }

    /** Makes sure that certificate and CSR belong together; orders nothing. */
    public CompletableFuture<ReissueState> prepare(long certificateId, String ctid) {
        return underWay.endedBy(
                underWay.begin(() -> api.certificateInfo(certificateId)).thenCompose(existing -> {
                    OrderDraft.requireSameName(existing, csr);
                    return save(ReissueState.prepared(existing, csr, ctid));
                }));
    }

    /**
     * Orders, or finds out what became of an order that was under way.
     *
     * @param proof what proves control of the domains; null to take what PrepareOrder (400110) offers for the method that the
     *     certificate has
     */
    public CompletableFuture<ReissueState> order(ReissueState state, @CheckForNull CertAuthentication proof) {
        return order(state, proof, OrderChanges.NONE);
    }

    /** The same with changes to what is taken over from the certificate. */
    public CompletableFuture<ReissueState> order(
            ReissueState state, @CheckForNull CertAuthentication proof, OrderChanges changes) {
        return underWay.endedBy(ofThisCsr(state)
                .thenCompose(begun -> new OrderPlacement(
                                api, pauses, save, log, underWay, () -> draft(begun, proof, changes))
                        .place(begun))
                .thenApply(accepted ->
                        logged(accepted, "Ordered " + accepted.certificateName() + ": job " + accepted.jobId())));
    }

    /** With another CSR, a second order could go out for another key than the one that the first was for. */
    private CompletableFuture<ReissueState> ofThisCsr(ReissueState state) {
        return state.csrSha256().equals(csr.sha256())
                ? CompletableFuture.completedFuture(state)
                : CompletableFuture.failedFuture(new ReissueException(
                        ReissueException.Kind.UNFIT,
                        "The CSR is not the one that this re-issue of " + state.certificateName()
                                + " began with. Give that one again, or begin a new re-issue"));
    }

    private CompletableFuture<CertificateOrder> draft(
            ReissueState state, @CheckForNull CertAuthentication proof, OrderChanges changes) {
        return underWay.begin(() -> api.certificateInfo(state.certificateId()))
                .thenCompose(existing -> proof == null
                        ? underWay.begin(() ->
                                        api.prepareOrder(CertificateData.request(csr.toPem(), existing.product())))
                                .thenApply(prepared -> draft(existing, OrderDraft.offered(existing, prepared), changes))
                        : CompletableFuture.completedFuture(draft(existing, proof, changes)));
    }

    private CertificateOrder draft(Certificate existing, CertAuthentication proof, OrderChanges changes) {
        CertificateOrder order = OrderDraft.of(existing, csr, proof, changes);
        log.accept("Ordering " + order.product() + " for " + order.name() + ", validated by "
                + order.authentication().method());
        return order;
    }

    /** Waits until the job has ended. */
    public CompletableFuture<ReissueState> await(ReissueState ordered, JobEnds ends) {
        return underWay.endedBy(underWay.begin(() -> ends.of(ordered.jobId()))
                .thenApply(JobOutcome::requireSuccess)
                .thenCompose(outcome -> save(ordered.notified(outcome.certificateIdOr(ordered.certificateId()))))
                .thenApply(state -> logged(
                        state,
                        "Job " + state.jobId() + " has ended; the certificate has id " + state.certificateId())));
    }

    /** Gets certificate and chain, and makes sure that they are what was ordered. */
    public CompletableFuture<IssuedCertificate> fetchAndCheck(ReissueState notified) {
        return underWay.endedBy(ofThisCsr(notified)
                .thenCompose(state -> underWay.begin(() -> api.certificateInfo(state.certificateId())))
                .thenApply(IssuedCertificate::of)
                .thenCompose(issued -> save(notified.fetched()).thenCompose(fetched -> {
                    ReissueChecks.requireReissued(
                            issued.chain(), csr, notified.previousSerialNumber(), pauses.instant());
                    return save(fetched.checked()).thenApply(checked -> {
                        log.accept("Certificate and chain of " + checked.certificateName() + " are checked");
                        return issued;
                    });
                })));
    }

    private ReissueState logged(ReissueState state, String line) {
        log.accept(line);
        return state;
    }

    private CompletableFuture<ReissueState> save(ReissueState state) {
        return save.apply(state).toCompletableFuture().thenApply(saved -> state);
    }
}
