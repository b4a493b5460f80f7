package io.jenkins.plugins.sslmanager.engine.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Cancellation;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.failure.NotPermittedException;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.ChainLength;
import io.jenkins.plugins.sslmanager.engine.pki.ReissueChecks;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Asks the certificate itself what came of an order. Its key decides, and nothing else. */
final class CertificateLook {

    /** What CertificateInfo (400104) shows. */
    enum Shows {
        /** The certificate for the ordered key. */
        ORDERED,
        /** The certificate that was there before the order, or none. */
        FORMER,
        /** A certificate that is neither: somebody else has re-issued it. */
        ANOTHER
    }

    /**
     * @param certificate null where it has not been issued
     */
    record Seen(Shows shows, @CheckForNull IssuedCertificate certificate) {}

    private final SslManagerApi api;
    private final Cancellation cancellation;
    private final InstantSource now;

    /** @param now when the chain has to be valid */
    CertificateLook(SslManagerApi api, Cancellation cancellation, InstantSource now) {
        this.api = api;
        this.cancellation = cancellation;
        this.now = now;
    }

    /**
     * @param told the number that the certificate has since, as its job tells it; null if it tells none
     * @return fails with ApiException, or with ReissueException if what the service gives cannot be read
     */
    CompletableFuture<Seen> at(Order order, @CheckForNull Long told) {
        long known = order.certificateIdNow();
        if (told == null || told == known) {
            return ask(order, known);
        }
        return ask(order, told)
                .handle((seen, failure) -> {
                    if (failure == null && seen.shows() == Shows.ORDERED) {
                        return CompletableFuture.completedFuture(seen);
                    }
                    // A job's word is a hint. The number that was ordered by is as good.
                    return failure == null || isRefusal(failure)
                            ? ask(order, known)
                            : CompletableFuture.<Seen>failedFuture(Failures.cause(failure));
                })
                .thenCompose(seen -> seen);
    }

    private static boolean isRefusal(Throwable failure) {
        Throwable cause = Failures.cause(failure);
        return cause instanceof NotPermittedException || cause instanceof ApiException refusal && !refusal.isPassing();
    }

    /** @return fails as {@link #at} does */
    CompletableFuture<Seen> ask(Order order, long certificateId) {
        return cancellation
                .begin(() -> api.certificateInfo(certificateId))
                .thenApply(data -> judge(order, data, now.instant()));
    }

    /** @throws io.jenkins.plugins.sslmanager.engine.failure.ReissueException if what the service gives cannot be read */
    static Seen judge(Order order, Certificate data, Instant now) {
        if (data.server() == null || data.server().isBlank()) {
            return new Seen(Shows.FORMER, null);
        }
        IssuedCertificate certificate =
                IssuedCertificate.of(data, order.request().publicKeySha256(), ChainLength.LONGEST, now);
        X509Certificate leaf = certificate.chain().leaf();
        if (isFormer(order, leaf)) {
            // A CSR that was brought along may be for the key that the certificate has had all along.
            return new Seen(Shows.FORMER, certificate);
        }
        boolean isOrdered = certificate.isFor(order.request().publicKeySha256());
        return new Seen(isOrdered ? Shows.ORDERED : Shows.ANOTHER, certificate);
    }

    /** @throws io.jenkins.plugins.sslmanager.engine.pki.PkiException if it is not what was ordered */
    static void requireOrdered(Order order, IssuedCertificate issued, Instant now) {
        ReissueChecks.requireReissued(
                issued.chain(),
                CertificateSigningRequest.parse(order.request().csr()),
                Set.copyOf(order.request().names()),
                order.request().previousSerialNumber(),
                now);
    }

    private static boolean isFormer(Order order, X509Certificate leaf) {
        String former = order.request().previousSerialNumber();
        try {
            return former != null && new BigInteger(former.replaceAll("[:\\s]", ""), 16).equals(leaf.getSerialNumber());
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
