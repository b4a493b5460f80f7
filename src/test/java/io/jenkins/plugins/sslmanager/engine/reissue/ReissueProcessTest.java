package io.jenkins.plugins.sslmanager.engine.reissue;

import static io.jenkins.plugins.sslmanager.engine.reissue.ReissueFixture.CTID;
import static io.jenkins.plugins.sslmanager.engine.reissue.ReissueFixture.csr;
import static io.jenkins.plugins.sslmanager.engine.reissue.ReissueFixture.done;
import static io.jenkins.plugins.sslmanager.engine.reissue.ReissueFixture.failure;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.pki.Openssl;
import io.jenkins.plugins.sslmanager.engine.pki.PkiException;
import io.jenkins.plugins.sslmanager.engine.pki.ReissueChecks;
import io.jenkins.plugins.sslmanager.engine.reissue.ReissueState.Stage;
import io.jenkins.plugins.sslmanager.engine.sandbox.Behaviour;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass(name = "{0}")
@EnumSource(Protocol.class)
class ReissueProcessTest {

    private static final String NAME = "shop.example.com";
    private static final List<Stage> ALL_STAGES = List.of(Stage.values());

    private final Protocol protocol;
    private final ReissueFixture service;

    ReissueProcessTest(Protocol protocol) {
        this.protocol = protocol;
        service = new ReissueFixture(protocol);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @ParameterizedTest
    @EnumSource
    void aReissueGoesAllTheWayForEachKindOfKey(KeyAlgorithm algorithm) {
        long id = service.certificate(NAME);
        String previous = service.sandbox.certificate(id).serialNumber();
        CertificateSigningRequest csr = csr(algorithm, NAME);

        IssuedCertificate issued = done(service.process(csr).start(id, CTID, service.ends()));

        assertDoesNotThrow(() -> ReissueChecks.requireReissued(issued.chain(), csr, previous, service.time.instant()));
        assertEquals(ALL_STAGES, service.savedStages());
        assertEquals(1, service.sandbox.orders(NAME));
        assertEquals(List.of(), service.sandbox.queuedMessageIds());
    }

    @Test
    void eachStageIsTold() {
        long id = service.certificate(NAME);

        done(service.process(csr(NAME)).start(id, CTID, service.ends()));

        assertEquals(
                List.of(
                        "Ordering QUICKSSLPREMIUM for shop.example.com, validated by DNS",
                        "Ordered shop.example.com: job 9218001",
                        "job 9218001 is RUNNING; validation: shop.example.com IN_PROGRESS, www.shop.example.com IN_PROGRESS",
                        "Job 9218001 has ended; the certificate has id 1001",
                        "Certificate and chain of shop.example.com are checked"),
                service.log);
    }

    @Test
    void opensslAcceptsWhatWasIssued(@TempDir Path folder) throws IOException, InterruptedException {
        long id = service.certificate(NAME);
        IssuedCertificate issued = done(service.process(csr(NAME)).start(id, CTID, service.ends()));
        Files.writeString(folder.resolve("leaf.pem"), issued.chain().leafPem());
        Files.writeString(folder.resolve("chain.pem"), issued.chain().chainPem());
        Files.writeString(folder.resolve("root.pem"), issued.chain().rootPem().orElseThrow());

        String verdict = Openssl.run(
                folder,
                "verify",
                "-attime",
                Long.toString(service.time.instant().getEpochSecond()),
                "-verify_hostname",
                "www." + NAME,
                "-CAfile",
                "root.pem",
                "-untrusted",
                "chain.pem",
                "leaf.pem");

        assertEquals("leaf.pem: OK", verdict.strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"DNS", "EMAIL", "FILE"})
    void theCertificatesMethodOfValidationStays(String method) {
        long id = service.certificate(NAME, new AuthMethod(method));

        IssuedCertificate issued = done(service.process(csr(NAME)).start(id, CTID, service.ends()));

        assertEquals(new AuthMethod(method), issued.data().authentication().method());
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "ORDINARY",
                "JOB_DEFERRED",
                "JOB_SLOW",
                "UNKNOWN_STATE",
                "NEW_ID",
                "NO_NOTIFICATION",
                "ANSWER_LOST",
                "BUSY"
            })
    void whatTheServiceDoesDifferentlyMakesNoDifference(Behaviour behaviour) {
        long id = service.certificate(behaviour.demoName());
        CertificateSigningRequest csr = csr(behaviour.demoName());

        IssuedCertificate issued = done(service.process(csr).start(id, CTID, service.ends()));

        assertEquals(
                csr.publicKeySha256(),
                CertificateSigningRequest.parse(issued.data().csr()).publicKeySha256());
        assertEquals(behaviour == Behaviour.NEW_ID, issued.data().id() != id);
        assertEquals(1, service.sandbox.orders(behaviour.demoName()));
        assertEquals(ALL_STAGES, service.savedStages());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            JOB_FAILED   | Job 9218001 for job-failed.example.com ended as FAILED: "EF400102 The certificate authority refused the order.". No certificate was issued. Correct what the service names, then order again
            JOB_CANCELED | Job 9218001 for job-canceled.example.com ended as CANCELED: "EF400103 The order was canceled.". No certificate was issued. Correct what the service names, then order again
            JOB_SUPPORT  | Job 9218001 had not ended at the time limit (job 9218001 is SUPPORT, so InterNetX' support has to act; validation: job-support.example.com IN_PROGRESS, www.job-support.example.com IN_PROGRESS). It goes on at the service: wait for it again with the same job id
            """, quoteCharacter = '`')
    void aJobThatBringsNoCertificateSaysWhyAndWhatToDo(Behaviour behaviour, String message) {
        // A notification over XML has one word for all that is no success.
        String expected = protocol == Protocol.XML ? message.replace("CANCELED", "FAILED") : message;
        assertEquals(expected, failureOf(ReissueException.class, behaviour).getMessage());
        assertEquals(1, service.sandbox.orders(behaviour.demoName()));
        assertEquals(List.of(Stage.PREPARED, Stage.ORDERING, Stage.ORDERED), service.savedStages());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            WRONG_KEY    | the SHA-256 of its public key is
            MISSING_NAME | of the CSR's names it lacks [www.missing-name.example.com]
            SAME_SERIAL  | the SHA-256 of its public key is
            BROKEN_CHAIN | The chain of CN=broken-chain.example.com is incomplete
            """, quoteCharacter = '`')
    void aCertificateThatIsNotWhatWasOrderedIsNotGivenOut(Behaviour behaviour, String essence) {
        String message = failureOf(PkiException.class, behaviour).getMessage();

        assertTrue(message.contains(essence), message);
        assertEquals(Stage.FETCHED, last().stage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ANSWER_CUT  | CertificateInfo (400104) got no complete answer
            ANSWER_HTML | got an unusable answer (HTTP 200): it is not
            UNAVAILABLE | CertificateInfo (400104) was refused (HTTP 503, stid 20261124-sandbox-
            """)
    void aServiceThatCannotBeUnderstoodGetsNoOrder(Behaviour behaviour, String essence) {
        String message = failureOf(ApiException.class, behaviour).getMessage();

        assertTrue(message.contains(essence), message);
        assertEquals(0, service.sandbox.orders(behaviour.demoName()));
        assertEquals(List.of(), service.saved);
    }

    @ParameterizedTest
    @CsvSource({"wrong, 1", "sandbox, 2"})
    void aRefusedAccountIsTold(String password, int context) {
        ReissueProcess process = new ReissueProcess(
                service.api(password, context), service.time, csr(NAME), state -> null, service.log::add);

        String message = failure(ApiException.class, process.start(service.certificate(NAME), CTID, service.ends()))
                .getMessage();

        assertTrue(message.startsWith("CertificateInfo (400104) was refused (HTTP "), message);
        assertTrue(message.endsWith("Check the account's user, password and context."), message);
    }

    @Test
    void aCsrForAnotherNameIsRefusedBeforeAnythingIsOrdered() {
        long id = service.certificate(NAME);

        ReissueException refusal = failure(
                ReissueException.class, service.process(csr("blog.example.com")).prepare(id, CTID));

        assertEquals(
                "The CSR is for [blog.example.com, www.blog.example.com], but certificate 1001 is for shop.example.com."
                        + " Give the id of the right certificate, or make the CSR for shop.example.com",
                refusal.getMessage());
        assertEquals(List.of("GET /certificate/" + id), service.relay.requests());
    }

    static Stream<Arguments> savePoints() {
        return Arrays.stream(Stage.values())
                .flatMap(stage -> Stream.of(true, false).map(kept -> Arguments.of(stage, kept)));
    }

    /** The last state is on disk or not, and nothing after it has happened. */
    @ParameterizedTest
    @MethodSource("savePoints")
    void aCrashAtAnySavePointLeadsToOneOrderAndTheSameResult(Stage crash, boolean kept) {
        long id = service.certificate(NAME);
        CertificateSigningRequest csr = csr(NAME);
        ReissueProcess crashing = new ReissueProcess(
                service.api(),
                service.time,
                csr,
                state -> {
                    if (state.stage() != crash || kept) {
                        service.saved.add(state);
                    }
                    if (state.stage() == crash) {
                        throw new UncheckedIOException(new IOException("crash"));
                    }
                    return CompletableFuture.completedFuture(null);
                },
                service.log::add);
        failure(UncheckedIOException.class, crashing.start(id, CTID, service.ends()));

        ReissueProcess afterwards = service.process(csr);
        IssuedCertificate issued = done(
                service.saved.isEmpty()
                        ? afterwards.start(id, CTID, service.ends())
                        : afterwards.resume(last(), service.ends()));

        assertEquals(1, service.sandbox.orders(NAME));
        assertEquals(service.sandbox.certificate(id), issued.data());
        assertEquals(Stage.CHECKED, last().stage());
    }

    @Test
    void anOrderThatIsPlacedAsksTheServiceNothing() {
        long id = service.certificate(NAME);
        ReissueProcess process = service.process(csr(NAME));
        ReissueState ordered = done(process.prepare(id, CTID).thenCompose(state -> process.order(state, null)));
        int before = service.relay.requests().size();

        assertSame(ordered, done(process.order(ordered, null)));

        assertEquals(before, service.relay.requests().size());
    }

    @Test
    void itGoesOnOnlyWithTheCsrThatItBeganWith() {
        long id = service.certificate(NAME);
        ReissueState state = done(service.process(csr(NAME)).prepare(id, CTID));

        ReissueException refusal =
                failure(ReissueException.class, service.process(csr(NAME)).resume(state, service.ends()));

        assertEquals(
                "The CSR is not the one that this re-issue of shop.example.com began with. Give that one again, or begin a new"
                        + " re-issue",
                refusal.getMessage());
        assertEquals(0, service.sandbox.orders(NAME));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /certificate/",
                "POST /certificate/_prepareOrder",
                "PUT /certificate/",
                "GET /poll",
                "GET /job/",
                "GET /job/history/"
            })
    void whoeverIsCancelledAsksNothingMore(String request) throws InterruptedException {
        long id = service.certificate(Behaviour.NO_NOTIFICATION.demoName());
        CertificateSigningRequest csr = csr(Behaviour.NO_NOTIFICATION.demoName());
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        service.relay.treat(request, Relay.heldBack(asked, answer));
        CompletableFuture<IssuedCertificate> reissue = service.process(csr).start(id, CTID, service.ends());
        assertTrue(asked.await(20, TimeUnit.SECONDS));

        reissue.cancel(true);
        answer.countDown();
        service.roundTrip();

        List<String> afterwards = service.relay.requests().stream()
                .dropWhile(each -> !each.startsWith(request))
                .skip(1)
                // The inbox looks a few times more for a notification that it knows to be on its way.
                .filter(each -> !each.equals("GET /poll"))
                .toList();
        assertEquals(List.of("GET /job/" + ReissueFixture.ROUND_TRIP), afterwards);
    }

    private <E extends Exception> E failureOf(Class<E> type, Behaviour behaviour) {
        String name = behaviour.demoName();
        long id = service.certificate(name);
        return failure(type, service.process(csr(name)).start(id, CTID, service.ends()));
    }

    private ReissueState last() {
        return service.saved.get(service.saved.size() - 1);
    }
}
