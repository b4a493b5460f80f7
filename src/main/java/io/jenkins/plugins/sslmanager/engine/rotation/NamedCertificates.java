package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Cancellation;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.failure.NotPermittedException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds the numbers of certificates that are given by name. What is known of a name from earlier orders and builds is tried first.
 * It is a hint, and counts only if the certificate with that number has the name. Otherwise CertificateList (400105) tells.
 */
public final class NamedCertificates {

    private final SslManagerApi api;
    private final CertificateKnowledge knowledge;

    public NamedCertificates(SslManagerApi api, CertificateKnowledge knowledge) {
        this.api = api;
        this.knowledge = knowledge;
    }

    /**
     * @return the number, of which nothing is checked if it was given itself. Fails with IllegalArgumentException if no certificate
     *     or several have the name, and with ApiException. Cancelling it ends the request under way
     */
    public CompletableFuture<Long> number(CertificateReference reference) {
        String name = reference.name();
        if (name == null) {
            return CompletableFuture.completedFuture(reference.number());
        }
        Cancellation cancellation = new Cancellation();
        List<Long> hints = knowledge.numbersOf(name).stream()
                .map(knowledge::current)
                .distinct()
                .filter(number -> knowledge.isReadable(name, number))
                .toList();
        CompletableFuture<List<Long>> found = hints.size() == 1
                ? confirmed(reference, hints.get(0), cancellation)
                        .thenCompose(isRight -> isRight
                                ? CompletableFuture.completedFuture(hints)
                                : listed(reference, name, cancellation))
                : listed(reference, name, cancellation);
        return cancellation.cancelledWith(found.thenApply(numbers -> only(name, numbers)));
    }

    private CompletableFuture<Boolean> confirmed(CertificateReference reference, long hint, Cancellation cancellation) {
        return cancellation
                .begin(() -> api.certificateInfo(hint))
                .handle((certificate, failure) -> failure == null
                        ? CompletableFuture.completedFuture(reference.fits(certificate.name()))
                        : noIfRefused(Failures.cause(failure)))
                .thenCompose(Function.identity());
    }

    private static CompletableFuture<Boolean> noIfRefused(Throwable cause) {
        return cause instanceof NotPermittedException || cause instanceof ApiException refusal && !refusal.isPassing()
                ? CompletableFuture.completedFuture(false)
                : CompletableFuture.failedFuture(cause);
    }

    private CompletableFuture<List<Long>> listed(
            CertificateReference reference, String name, Cancellation cancellation) {
        return cancellation
                .begin(() -> api.certificateSearch(Query.certificatesOf(name)))
                .thenApply(rows -> among(rows).of(reference));
    }

    /**
     * Lists all certificates of the account.
     *
     * @return fails with ApiException
     */
    public CompletableFuture<ReadableCertificates> all() {
        return CertificateList.all(api.patient()).thenApply(this::among);
    }

    /** Returns those of a list that whoever asks may know of. */
    public ReadableCertificates among(Collection<Certificate> rows) {
        return new ReadableCertificates(rows, knowledge);
    }

    private static long only(String name, List<Long> numbers) {
        if (numbers.isEmpty()) {
            throw new IllegalArgumentException("There is no certificate '" + name
                    + "' that may be used here. Check the name, which is the certificate's common name as SSL Manager shows"
                    + " it, the account, and whether the job has a grant for it");
        }
        if (numbers.size() > 1) {
            throw new IllegalArgumentException("There are " + numbers.size() + " certificates '" + name + "': "
                    + numbers.stream().sorted().map(String::valueOf).collect(Collectors.joining(", "))
                    + ". Give the number of the one that is meant");
        }
        return numbers.get(0);
    }
}
