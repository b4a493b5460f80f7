package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Cancellation;
import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What works on an order needs.
 *
 * @param api with the credentials of the moment
 * @param disk for what blocks: the order book and the delivery
 * @param lines a line for whoever watches the build
 * @param cancellation of everything that this run begins
 * @param identity tells which job is an order's
 * @param existing what was told of the certificate before its order
 */
record OrderRun(
        SslManagerApi api,
        OrderBook book,
        Pauses pauses,
        Executor disk,
        Consumer<String> lines,
        Cancellation cancellation,
        JobIdentity identity,
        ExistingCertificate existing) {

    OrderRun(
            SslManagerApi api,
            OrderBook book,
            Pauses pauses,
            Executor disk,
            Consumer<String> lines,
            Cancellation cancellation,
            JobIdentity identity) {
        this(api, book, pauses, disk, lines, cancellation, identity, new ExistingCertificate());
    }

    void log(String line) {
        lines.accept(line);
    }

    /** Looks at a certificate that may need nothing, so that there is no hurry. */
    CompletableFuture<Certificate> lookAt(CertificateId certificate) {
        return ask(api.patient(), certificate);
    }

    /** The certificate before its order, which is asked for only if that was not done a moment ago. */
    CompletableFuture<Certificate> certificateInfo(CertificateId certificate) {
        return existing.of(certificate, pauses.instant())
                .map(CompletableFuture::completedFuture)
                .orElseGet(() -> ask(api, certificate));
    }

    private CompletableFuture<Certificate> ask(SslManagerApi with, CertificateId certificate) {
        return cancellation
                .begin(() -> with.certificateInfo(certificate.number()))
                .thenApply(told -> existing.told(certificate, told, pauses.instant()));
    }

    /** Does what blocks. */
    <T> CompletableFuture<T> blocking(Callable<T> work) {
        return CompletableFuture.supplyAsync(() -> unchecked(work), disk);
    }

    /** As futures want what fails. */
    private static <T> T unchecked(Callable<T> work) {
        try {
            return work.call();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    /** Of an order that ends before it was sent, for its record. */
    static String why(Throwable cause) {
        return cause instanceof CancellationException ? "The run was ended" : String.valueOf(cause.getMessage());
    }

    /** Returns the next record of an order; what it announces may follow when the future is done. */
    CompletableFuture<Order> advance(Order before, UnaryOperator<Order> change) {
        return cancellation.begin(() -> record(before, change));
    }

    /** The next record of an order by what is certain, so it is written down also if the run is being ended. */
    CompletableFuture<Order> record(Order before, UnaryOperator<Order> change) {
        return CompletableFuture.supplyAsync(() -> book.advance(before, change), disk);
    }
}
