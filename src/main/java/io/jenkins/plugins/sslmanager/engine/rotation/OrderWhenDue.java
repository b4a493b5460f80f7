package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBookException;
import io.jenkins.plugins.sslmanager.engine.orders.OrderReason;
import io.jenkins.plugins.sslmanager.engine.orders.OrderTask;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.pki.PkiException;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationOutcome.Kind;
import java.io.IOException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;

/** Looks whether a certificate that has no open order is due, and if so, begins one and brings it to its end. */
final class OrderWhenDue {

    private static final int MOST_GIVEN_UP = 1000;

    private final RotationContext context;
    private final RotationSettings settings;
    private final RotationPort port;
    private final CertificateId given;
    private final OrderRun run;
    private final OrderProcess process;
    private final OrderCompletion completion;
    private final RenewalCheck renewals;
    private final Function<KeyAlgorithm, KeyPair> keys;

    /**
     * @param given the certificate by the number that was asked for
     * @param keys makes a key of the wanted kind
     */
    OrderWhenDue(
            RotationContext context,
            RotationSettings settings,
            RotationPort port,
            CertificateId given,
            OrderRun run,
            OrderProcess process,
            OrderCompletion completion,
            RenewalCheck renewals,
            Function<KeyAlgorithm, KeyPair> keys) {
        this.context = context;
        this.settings = settings;
        this.port = port;
        this.given = given;
        this.run = run;
        this.process = process;
        this.completion = completion;
        this.renewals = renewals;
        this.keys = keys;
    }

    /** @param current the certificate by the number that it has now */
    CompletableFuture<RotationOutcome> of(CertificateId current) {
        return run.lookAt(current)
                .thenApply(IssuedCertificate::of)
                .thenCompose(certificate -> run.blocking(() -> judge(current, certificate)))
                .thenCompose(Function.identity());
    }

    private CompletableFuture<RotationOutcome> judge(CertificateId current, IssuedCertificate certificate)
            throws Exception {
        port.check(certificate);
        Optional<KeptCertificate> kept = port.kept(certificate);
        Optional<X509Certificate> stored = kept.map(each -> each.chain().leaf());
        RotationVerdict verdict = RotationVerdict.of(
                certificate,
                stored.isPresent() ? stored.get() : port.inUse(certificate).orElse(null),
                settings.dueRule(),
                context.pauses().instant());
        port.log(verdict.explanation());
        Optional<Kind> untouched = reasonNotToOrder(current, certificate, verdict);
        if (untouched.isPresent()) {
            RotationPort.Lack lack = settings.dryRun() ? RotationPort.Lack.NOTHING : filled(certificate, kept);
            if (lack != RotationPort.Lack.KEY_TO_ORDER || untouched.get() == Kind.RENEWAL_NEEDED) {
                return CompletableFuture.completedFuture(
                        new RotationOutcome(kind(untouched.get(), certificate, stored, lack), certificate, null));
            }
            port.log("Ordering it once for want of its key, which is nowhere here");
        } else if (!verdict.isDue() || verdict.isRenewalNeeded() && !isRenewed(verdict)) {
            port.log("Re-issuing it anyway, as asked");
        }
        OrderReason due = verdict.orderReason();
        OrderReason reason =
                due == null || untouched.isPresent() || settings.evenIfNotDue() ? OrderReason.ON_DEMAND : due;
        OrderTask task = isRenewed(verdict) ? OrderTask.RENEW : OrderTask.REISSUE;
        return (task == OrderTask.RENEW
                        ? renewals.require(current, certificate, null)
                        : new RunningJobs(run, context.runningJobs())
                                .requireNone(certificate.data(), ordersThatDoNotCross(current)))
                .thenCompose(none -> run.blocking(() -> order(current, certificate, task, reason)))
                .thenCompose(Function.identity());
    }

    /** Whether it is renewed: only where the rule says that it is due, whatever 'force' says. */
    private boolean isRenewed(RotationVerdict verdict) {
        return settings.atTermEnd() == AtTermEnd.RENEW && verdict.isDue() && verdict.isRenewalNeeded();
    }

    /** Returns how it is called that the certificate is left as it is; empty if it is to be ordered. */
    private Optional<Kind> reasonNotToOrder(
            CertificateId current, IssuedCertificate certificate, RotationVerdict verdict)
            throws IOException, InterruptedException {
        OrderReason due = verdict.orderReason();
        if (due == null && !settings.evenIfNotDue()) {
            return Optional.of(Kind.NOT_DUE);
        }
        if (verdict.isRenewalNeeded() && settings.atTermEnd() != AtTermEnd.REISSUE && !isRenewed(verdict)) {
            port.log(
                    due == null
                            ? "Not re-issued: that would not help, since its paid term ends with it. It is not renewed (400106),"
                                    + " which is billed, before it is due"
                            : "Renew it in the SSL Manager (400106), which is billed");
            return Optional.of(Kind.RENEWAL_NEEDED);
        }
        if (due == null || settings.evenIfNotDue()) {
            return Optional.empty();
        }
        Optional<FruitlessOrder> fruitless = FruitlessOrder.of(
                context.book(), current, certificate, due, context.pauses().instant());
        fruitless.ifPresent(order -> port.log(order.told()));
        if (fruitless.isPresent()) {
            return Optional.of(Kind.NOTHING_TO_WIN);
        }
        return verdict.isForWantOfKey() && !settings.dryRun() && port.isHeldBack(certificate)
                ? Optional.of(Kind.KEY_NOT_HERE)
                : Optional.empty();
    }

    /** Has what is kept be wherever it is missing. */
    private RotationPort.Lack filled(IssuedCertificate certificate, Optional<KeptCertificate> kept)
            throws IOException, InterruptedException {
        if (kept.isEmpty()) {
            return port.lack(certificate);
        }
        port.fill(certificate.as(kept.get().chain()), kept.get().key());
        return RotationPort.Lack.NOTHING;
    }

    private Kind kind(
            Kind untouched, IssuedCertificate certificate, Optional<X509Certificate> stored, RotationPort.Lack lack) {
        if (untouched != Kind.NOT_DUE && untouched != Kind.KEY_NOT_HERE) {
            return untouched;
        }
        X509Certificate leaf = certificate.chain().leaf();
        if (stored.isPresent() && !stored.get().equals(leaf)) {
            port.log("The certificate was re-issued elsewhere on "
                    + leaf.getNotBefore().toInstant()
                    + ", so its key is not here. What is kept here is the one before, until "
                    + stored.get().getNotAfter().toInstant()
                    + ". It is ordered when it is due, or with 'force'");
            return Kind.REISSUED_ELSEWHERE;
        }
        return lack == RotationPort.Lack.NOTHING ? untouched : Kind.KEY_NOT_HERE;
    }

    /** Returns those of other certificates of that name and, since 'force' puts up with them, those that were given up. */
    private List<Order> ordersThatDoNotCross(CertificateId current) {
        Stream<Order> givenUp = settings.givesUpOpenOrder()
                ? context.book().ended().latest(MOST_GIVEN_UP).stream().filter(order -> order.stage() == Stage.GIVEN_UP)
                : Stream.empty();
        return Stream.concat(context.book().openOrders().stream(), givenUp)
                .filter(order -> order.certificate().system().equals(current.system()))
                .toList();
    }

    private CompletableFuture<RotationOutcome> order(
            CertificateId current, IssuedCertificate certificate, OrderTask task, OrderReason reason) {
        Certificate existing = certificate.data();
        CertificateSigningRequest csr = settings.csr();
        PrivateKey key = null;
        if (csr == null) {
            KeyPair made = keys.apply(settings.newKey().algorithm());
            csr = newCsr(made, existing);
            key = made.getPrivate();
        }
        NewOrder wanted = NewOrder.of(task, existing, csr, settings.changes(), port::log);
        if (settings.dryRun()) {
            return rehearse(certificate, wanted);
        }
        Order order;
        try {
            order = wanted.begin(
                    context,
                    current,
                    key,
                    reason,
                    certificate.chain().leaf().getNotAfter().toInstant());
        } catch (OrderBookException e) {
            return CompletableFuture.completedFuture(orderOfAnother(current, certificate, e));
        }
        if (key != null) {
            port.log("The new key (" + settings.newKey().algorithm() + ") waits, sealed, in the order book (order "
                    + order.id() + ")");
        }
        return completion.of(current, order);
    }

    private CertificateSigningRequest newCsr(KeyPair pair, Certificate existing) {
        try {
            return settings.newKey().csr(pair, existing, settings.changes().namesToRemove());
        } catch (PkiException | IllegalArgumentException e) {
            throw new ReissueException(
                    ReissueException.Kind.UNFIT,
                    "No CSR can be made for certificate " + given
                            + ", and nothing was ordered. Use your own CSR, or correct this: "
                            + e.getMessage(),
                    e);
        }
    }

    private CompletableFuture<RotationOutcome> rehearse(IssuedCertificate certificate, NewOrder wanted) {
        return process.offer(
                        certificate.data(), wanted.csr(), settings.changes().productFor(certificate.data()))
                .thenApply(proof -> {
                    port.log("Dry run: the service takes a CSR for "
                            + wanted.csr().dnsNames());
                    ProofOfControl.explanation(proof).forEach(port::log);
                    if (wanted.task() == OrderTask.RENEW) {
                        port.log("It would be renewed (400106), which is billed: " + wanted.billedFor());
                    }
                    port.log("Nothing was ordered, and the key is gone");
                    return new RotationOutcome(Kind.DRY_RUN, certificate, null);
                });
    }

    /**
     * Another run was quicker by a moment.
     *
     * @param refusal thrown on if that is not why the order could not be begun
     */
    private RotationOutcome orderOfAnother(
            CertificateId current, IssuedCertificate certificate, OrderBookException refusal) {
        Optional<Order> other = refusal.kind() == OrderBookException.Kind.NOT_YOURS
                ? context.book().openFor(current, context.me().job())
                : Optional.empty();
        Order order = other.orElseThrow(() -> refusal);
        Kind kind = context.isOfMyJob(order) ? Kind.UNDER_WAY : Kind.ORDERED_BY_ANOTHER_JOB;
        return new RotationOutcome(kind, certificate, order);
    }
}
