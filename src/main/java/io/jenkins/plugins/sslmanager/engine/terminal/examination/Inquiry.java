package io.jenkins.plugins.sslmanager.engine.terminal.examination;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import io.jenkins.plugins.sslmanager.engine.http.HttpAnswer;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.pki.PkiException;
import io.jenkins.plugins.sslmanager.engine.protocol.UnknownFields;
import io.jenkins.plugins.sslmanager.engine.rotation.NewKey;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Asks a service over one protocol, one question after the other. None of them changes anything there. */
final class Inquiry {

    /** Of the job history, which wants a period. */
    private static final int DAYS_OF_HISTORY = 90;

    private final Protocol protocol;
    private final SslManagerApi api;
    private final OffsetDateTime now;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> unknown = new ConcurrentSkipListSet<>();

    @CheckForNull
    private volatile HttpAnswer answer;

    Inquiry(ExaminedService service, OffsetDateTime now) {
        this.now = now.withOffsetSameInstant(ZoneOffset.UTC);
        protocol = service.protocol();
        api = protocol.over(
                service.account(),
                call -> {
                    CompletableFuture<HttpAnswer> sent = service.transport().apply(call);
                    sent.thenAccept(received -> answer = received);
                    return sent;
                },
                new UnknownFields(unknown::add));
    }

    /** @throws ApiException if the service is not there or does not take the credentials: no more is asked then */
    Findings of(long certificateId) throws InterruptedException {
        ask(Task.HELLO, api::hello, ExpectedFields.none());
        Optional<ApiException> refused = findings.get(0).failure();
        if (refused.isPresent()) {
            throw refused.get();
        }
        Optional<Certificate> certificate =
                ask(Task.CERTIFICATE_INFO, () -> api.certificateInfo(certificateId), ExpectedFields.OF_CERTIFICATE);
        Optional<CertificateData> prepared = Optional.empty();
        List<ObjectJob> running = List.of();
        List<ObjectJob> ended = List.of();
        if (certificate.isPresent() && certificate.get().name() != null) {
            String name = certificate.get().name();
            ask(
                    Task.CERTIFICATE_SEARCH,
                    () -> api.certificateSearch(Query.certificatesOf(name)),
                    ExpectedFields.OF_CERTIFICATE_LIST);
            prepared = prepare(certificate.get());
            running = jobs(Task.JOB_SEARCH, () -> api.jobSearch(Query.jobsOf(name)), Task.JOB_INFO, api::jobInfo);
            ended = jobs(
                    Task.JOB_HISTORY_SEARCH,
                    () -> api.jobHistorySearch(Query.jobsOf(name, now.minusDays(DAYS_OF_HISTORY), now)),
                    Task.JOB_HISTORY_INFO,
                    api::jobHistoryInfo);
        }
        ask(
                Task.POLL_INFO,
                () -> api.pollInfo().thenApply(poll -> poll.message().orElse(null)),
                ExpectedFields.OF_MESSAGE);
        return new Findings(
                protocol,
                List.copyOf(findings),
                certificate,
                prepared,
                Stream.concat(running.stream(), ended.stream()).toList(),
                running.stream()
                        .anyMatch(job -> job.job() != null
                                && job.job().status() != null
                                && !job.job().status().ended()));
    }

    /** With a new key, which is in no variable when this ends. */
    private Optional<CertificateData> prepare(Certificate certificate) throws InterruptedException {
        CertificateSigningRequest csr;
        try {
            csr = new NewKey(KeyAlgorithm.RSA_2048.name(), null, null, null)
                    .csr(KeyAlgorithm.RSA_2048.generate(), certificate, Set.of());
        } catch (PkiException | ReissueException | IllegalArgumentException e) {
            // The report tells that there is no CSR for these names.
            return Optional.empty();
        }
        return ask(
                Task.PREPARE_ORDER,
                () -> api.prepareOrder(CertificateData.of(csr.toPem(), certificate.product(), certificate.id(), null)),
                ExpectedFields.OF_PREPARED);
    }

    /** A list, and the first of its jobs alone, of which the service may tell more. */
    private List<ObjectJob> jobs(
            Task listTask,
            Supplier<CompletableFuture<List<ObjectJob>>> list,
            Task oneTask,
            LongFunction<CompletableFuture<ObjectJob>> one)
            throws InterruptedException {
        List<ObjectJob> listed =
                new ArrayList<>(ask(listTask, list, ExpectedFields.OF_JOB_LIST).orElse(List.of()));
        Optional<Long> id = listed.stream()
                .filter(job -> job.job() != null && job.job().id() != null)
                .map(job -> job.job().id())
                .findFirst();
        if (id.isPresent()) {
            ask(oneTask, () -> one.apply(id.get()), ExpectedFields.OF_JOB).ifPresent(listed::add);
        }
        return listed;
    }

    private <T> Optional<T> ask(Task task, Supplier<CompletableFuture<T>> question, ExpectedFields<T> expected)
            throws InterruptedException {
        unknown.clear();
        answer = null;
        Optional<T> told = Optional.empty();
        Optional<ApiException> failure = Optional.empty();
        try {
            told = Optional.ofNullable(question.get().get());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof ApiException refusal)) {
                throw new IllegalStateException(e.getCause());
            }
            failure = Optional.of(refusal);
        }
        findings.add(new Finding(
                task,
                tree(),
                new TreeSet<>(unknown),
                told.map(expected::missingIn).orElse(List.of()),
                failure));
        return told;
    }

    private Optional<JsonNode> tree() {
        HttpAnswer received = answer;
        try {
            return received == null ? Optional.empty() : Optional.of(protocol.tree(received.body()));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
