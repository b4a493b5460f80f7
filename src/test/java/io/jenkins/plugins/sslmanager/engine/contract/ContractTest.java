package io.jenkins.plugins.sslmanager.engine.contract;

import static io.jenkins.plugins.sslmanager.engine.rotation.ReissueFixture.csr;
import static io.jenkins.plugins.sslmanager.engine.rotation.ReissueFixture.done;
import static io.jenkins.plugins.sslmanager.engine.rotation.ReissueFixture.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.CertAuthentication;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.rotation.OrderChanges;
import io.jenkins.plugins.sslmanager.engine.rotation.OrderDraft;
import io.jenkins.plugins.sslmanager.engine.rotation.ProofOfControl;
import io.jenkins.plugins.sslmanager.engine.rotation.ReissueFixture;
import io.jenkins.plugins.sslmanager.engine.sandbox.Behaviour;
import io.jenkins.plugins.sslmanager.engine.sandbox.Csrs;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import io.jenkins.plugins.sslmanager.engine.sandbox.http.Exchange;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every request of the client and every answer of the sandbox, through the life of a re-issue and all refusals, before a judge
 * that shares no code with them: a third-party validator with InterNetX's OpenAPI document. What is known to be different is in
 * {@link KnownDifference} and nowhere else.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractTest {

    private static final String DOCUMENT = "shared/contract/domainrobot-openapi-5.82.7.json";
    private static final String NAME = "shop.example.com";

    private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
    private ContractJudge judge;

    @BeforeAll
    void talk() throws GeneralSecurityException {
        Path document = Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                .map(folder -> folder.resolve(DOCUMENT))
                .filter(Files::isReadable)
                .findFirst()
                .orElse(null);
        assumeTrue(
                document != null, "Skipped: InterNetX's OpenAPI document is not beside the project, as ../" + DOCUMENT);
        judge = new ContractJudge(document);
        try (ReissueFixture service = service(builder -> builder.foreignMessages(1))) {
            reissues(service);
        }
        try (ReissueFixture service = service(builder -> builder)) {
            refusals(service);
        }
        try (ReissueFixture service = service(builder -> builder)) {
            renewal(service);
        }
        try (ReissueFixture service = service(builder -> builder.olderRouteOnly(true))) {
            reissue(service, NAME, AuthMethod.DNS, KeyAlgorithm.EC_P384).join();
        }
        try (ReissueFixture service = service(builder -> builder.rateLimit(true))) {
            Stream.generate(() -> service.directApi("sandbox", 1).hello())
                    .limit(3)
                    .forEach(ReissueFixture::done);
            failure(ApiException.class, service.directApi("sandbox", 1).hello());
        }
    }

    @Test
    void nothingDiffersFromTheDocumentButWhatIsKnownAndAllThatIsKnownStillDoes() {
        assertEquals(
                List.of(),
                exchanges.stream()
                        .flatMap(exchange -> judge.complaints(exchange).stream())
                        .toList());
        assertEquals(EnumSet.allOf(KnownDifference.class), judge.met());
    }

    @Test
    void everyTaskWasThere() {
        Set<String> routes = exchanges.stream()
                .filter(exchange -> exchange.status() == 200)
                .map(exchange -> exchange.method() + exchange.path().replaceAll("\\d{2,}", "{id}"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(
                new TreeSet<>(Set.of(
                        "POST/v1/certificate/_prepareOrder",
                        "POST/v1/certificate/prepareOrder",
                        "POST/v1/certificate/_search",
                        "PUT/v1/certificate/{id}",
                        "PUT/v1/certificate/{id}/_renew",
                        "GET/v1/certificate/{id}",
                        "GET/v1/poll",
                        "PUT/v1/poll/{id}",
                        "GET/v1/job/{id}",
                        "GET/v1/job/history/{id}",
                        "POST/v1/job/_search",
                        "POST/v1/job/history/_search",
                        "GET/v1/hello")),
                routes);
        assertEquals(
                Set.of(200, 400, 401, 404, 429, 503),
                exchanges.stream().map(Exchange::status).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @CsvSource({"'\"period\":12', '\"period\":\"a year\"'", "'\"software\":', '\"server_software\":'"})
    void aRequestThatDiffersWouldBeSeen(String sent, String wrong) {
        Exchange order = exchanges.stream()
                .filter(exchange ->
                        exchange.method().equals("PUT") && exchange.path().contains("/certificate/"))
                .findFirst()
                .orElseThrow();
        String body = new String(order.requestBody(), StandardCharsets.UTF_8).replace(sent, wrong);

        List<String> complaints = judge.complaints(new Exchange(
                order.task(),
                order.method(),
                order.path(),
                order.query(),
                order.requestHeaders(),
                body.getBytes(StandardCharsets.UTF_8),
                order.status(),
                order.responseHeaders(),
                order.responseBody()));

        assertEquals(1, complaints.size(), complaints::toString);
    }

    private ReissueFixture service(UnaryOperator<Sandbox.Builder> settings) {
        return new ReissueFixture(Protocol.JSON, settings::apply, exchanges::add);
    }

    private static void reissues(ReissueFixture service) {
        done(service.directApi("sandbox", 1).hello());
        for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
            done(reissue(service, NAME, AuthMethod.DNS, algorithm));
        }
        for (AuthMethod method : List.of(AuthMethod.EMAIL, AuthMethod.FILE)) {
            done(reissue(service, NAME, method, KeyAlgorithm.EC_P256));
        }
        for (Behaviour behaviour : Behaviour.values()) {
            // judged is what was said, not how it ended
            done(reissue(service, behaviour.demoName(), AuthMethod.DNS, KeyAlgorithm.EC_P256)
                    .handle((issued, failure) -> null));
        }
        OffsetDateTime now = service.time.instant().atOffset(ZoneOffset.UTC);
        done(service.directApi("sandbox", 1).certificateSearch(Query.certificatesOf(NAME)));
        done(service.directApi("sandbox", 1).jobSearch(Query.jobsOf(NAME)));
        done(service.directApi("sandbox", 1).jobSearch(Query.runningJobs(0)));
        done(service.directApi("sandbox", 1).jobHistorySearch(Query.jobsOf(NAME, now.minusDays(1), now)));
        List<Long> foreign = service.sandbox.queuedMessageIds();
        done(service.directApi("sandbox", 1).pollConfirm(foreign.get(0)));
        done(service.directApi("sandbox", 1).pollInfo());
    }

    /** Nine months later, when the service renews it. */
    private static void renewal(ReissueFixture service) {
        long id = service.certificate(NAME);
        Certificate certificate = service.sandbox.certificate(id);
        CertificateOrder order = OrderDraft.of(certificate, csr(NAME), certificate.authentication(), OrderChanges.NONE);
        SslManagerApi api = service.directApi("sandbox", 1);
        failure(ApiException.class, api.renew(id, order, ReissueFixture.CTID));
        done(service.time.pause(Duration.ofDays(276)));
        Job job = done(api.renew(id, order, ReissueFixture.CTID));
        done(api.jobSearch(Query.runningRenewals(0)));
        done(service.ends().of(job.id()));
        OffsetDateTime now = service.time.instant().atOffset(ZoneOffset.UTC);
        done(api.jobHistorySearch(Query.endedRenewals(0, now.minusDays(30), now)));
        done(api.certificateInfo(id));
    }

    private static CompletableFuture<?> reissue(
            ReissueFixture service, String name, AuthMethod method, KeyAlgorithm algorithm) {
        long id = service.certificate(name, method);
        SslManagerApi api = service.directApi("sandbox", 1);
        CertificateSigningRequest csr = csr(algorithm, name);
        return api.certificateInfo(id)
                .thenCompose(existing -> api.prepareOrder(CertificateData.request(csr.toPem(), existing.product()))
                        .thenCompose(prepared -> api.reissue(
                                id,
                                OrderDraft.of(
                                        existing, csr, ProofOfControl.offered(existing, prepared), OrderChanges.NONE),
                                ReissueFixture.CTID))
                        .thenCompose(job -> service.ends().of(job.id()))
                        .thenCompose(outcome -> api.certificateInfo(outcome.certificateIdOr(id))));
    }

    private static void refusals(ReissueFixture service) throws GeneralSecurityException {
        SslManagerApi api = service.directApi("sandbox", 1);
        long id = service.certificate(NAME);
        Certificate certificate = service.sandbox.certificate(id);
        CertificateSigningRequest csr = csr(NAME);
        CertificateOrder order = OrderDraft.of(certificate, csr, certificate.authentication(), OrderChanges.NONE);
        String smallKey = Csrs.withRsaKey(1024, "CN=" + NAME);
        long first = service.sandbox.addForeignMessage("example.net");
        long second = service.sandbox.addForeignMessage("example.org");
        Stream.of(
                        service.directApi("wrong", 1).hello(),
                        service.directApi("sandbox", 2).hello(),
                        api.prepareOrder(CertificateData.request("no CSR", certificate.product())),
                        api.prepareOrder(CertificateData.request(smallKey, certificate.product())),
                        api.prepareOrder(CertificateData.request(csr.toPem(), null)),
                        api.reissue(id, withMethod(order, AuthMethod.EMAIL), ReissueFixture.CTID),
                        api.reissue(id + 1, order, ReissueFixture.CTID),
                        api.certificateInfo(id + 1),
                        api.jobInfo(4711),
                        api.jobHistoryInfo(4711),
                        api.jobHistorySearch(Query.jobsOf(NAME)),
                        api.pollConfirm(4711),
                        api.pollConfirm(second))
                .forEach(refused -> failure(ApiException.class, refused));
        assertEquals(List.of(first, second), service.sandbox.queuedMessageIds());
    }

    private static CertificateOrder withMethod(CertificateOrder order, AuthMethod method) {
        return new CertificateOrder(
                order.adminContact(),
                order.technicalContact(),
                order.name(),
                order.lifetime(),
                order.software(),
                order.csr(),
                order.product(),
                order.subjectAlternativeNames(),
                new CertAuthentication(null, method, null, null, null, null, null, null, null, null));
    }
}
