package io.jenkins.plugins.sslmanager.engine.rotation;

import static io.jenkins.plugins.sslmanager.engine.rotation.RotationFixture.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.ForwardingApi;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.Poll;
import io.jenkins.plugins.sslmanager.engine.api.PollMessage;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.api.ResponseObject;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationOutcome.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a re-issue asks of a service that takes three requests a second. */
@ParameterizedClass(name = "{0}")
@EnumSource(Protocol.class)
class FewRequestsTest {

    private static final String NAME = "shop.example.com";
    private static final Duration QUICK = Duration.ofSeconds(1);
    private static final long THEIRS = 4_711;

    @Parameter
    private Protocol protocol;

    @TempDir
    private Path folder;

    private final List<Task> requests = new ArrayList<>();
    private RotationFixture fixture;

    /** What the notifications carry. */
    private UnaryOperator<Certificate> carried = certificate -> null;

    /** What the list of running jobs shows. */
    private UnaryOperator<List<ObjectJob>> listed = UnaryOperator.identity();

    /** What is shown to who asks for the jobs of one certificate. */
    private UnaryOperator<List<ObjectJob>> ofOne = UnaryOperator.identity();

    @BeforeEach
    void begin() {
        fixture = new RotationFixture(folder, protocol, builder -> builder.jobDelay(QUICK));
        fixture.between(Counted::new);
    }

    private final class Counted extends ForwardingApi {

        private final SslManagerApi service;

        Counted(SslManagerApi service) {
            this.service = service;
        }

        @Override
        protected <T> CompletableFuture<T> call(Task task, Function<SslManagerApi, CompletableFuture<T>> request) {
            requests.add(task);
            return request.apply(service);
        }

        @Override
        public CompletableFuture<Poll> pollInfo() {
            return super.pollInfo()
                    .thenApply(poll -> new Poll(poll.waiting(), poll.message().map(this::withCarried)));
        }

        @Override
        public CompletableFuture<List<ObjectJob>> jobSearch(Query query) {
            return super.jobSearch(query).thenApply(query.filters() == null ? listed : ofOne);
        }

        /** As CertificateInfo gives it, which is all that a notification can carry. */
        private PollMessage withCarried(PollMessage message) {
            ResponseObject told = message.object();
            Certificate whole = fixture.directApi()
                    .certificateSearch(Query.certificatesOf(told.value()))
                    .thenCompose(rows ->
                            fixture.directApi().certificateInfo(rows.get(0).id()))
                    .join();
            return FaultyConnection.withCertificate(message, carried.apply(whole));
        }
    }

    private RotationOutcome rotate(String name) {
        return fixture.rotate(fixture.certificate(name), run("release", 1)).toTheEnd();
    }

    @Test
    void aReissueTakesSixRequestsAndALookForWhatOthersHaveOrdered() {
        assertEquals(Kind.ROTATED, rotate(NAME).kind());
        assertEquals(
                List.of(
                        Task.CERTIFICATE_INFO,
                        Task.JOB_SEARCH,
                        Task.PREPARE_ORDER,
                        Task.REISSUE,
                        Task.POLL_INFO,
                        Task.POLL_CONFIRM,
                        Task.CERTIFICATE_INFO),
                requests);
    }

    @Test
    void aNotificationThatCarriesTheCertificateSparesAskingForIt() {
        carried = UnaryOperator.identity();

        RotationOutcome outcome = rotate(NAME);

        assertEquals(Kind.ROTATED, outcome.kind());
        assertEquals(1, requests.stream().filter(Task.CERTIFICATE_INFO::equals).count(), requests.toString());
        assertEquals(
                fixture.endedOrder().request().publicKeySha256(),
                Certificates.publicKeySha256(outcome.certificate().chain().leaf()));
    }

    /** Of another key, without its chain, or of less than the delivery needs. */
    @Test
    void aCertificateThatDoesNotProveItselfIsAskedFor() {
        long other = fixture.certificate("other.example.com");
        String foreign = fixture.directApi().certificateInfo(other).join().server();
        for (UnaryOperator<Certificate> told : List.<UnaryOperator<Certificate>>of(
                whole -> ChangedCertificate.of(whole, json -> json.put("server", foreign)),
                whole -> ChangedCertificate.without(whole, "certificationAuthority"),
                whole -> ChangedCertificate.of(whole, json -> json.put("server", "no certificate")),
                whole -> ChangedCertificate.without(whole, "payable"))) {
            requests.clear();
            carried = told;
            assertEquals(
                    Kind.ROTATED,
                    rotate("host-" + fixture.now().getEpochSecond() + ".example.com")
                            .kind());
            assertEquals(
                    2, requests.stream().filter(Task.CERTIFICATE_INFO::equals).count(), requests.toString());
        }
    }

    @Test
    void rotationsSideBySideShareTheLookForWhatOthersHaveOrdered() {
        List<Long> ids = Stream.of("a", "b", "c", "d")
                .map(host -> fixture.certificate(host + ".example.com"))
                .toList();
        List<CompletableFuture<RotationOutcome>> all = ids.stream()
                .map(id -> fixture.rotate(id, run("release " + id, 1)).start())
                .toList();

        all.forEach(fixture::done);

        assertEquals(1, requests.stream().filter(Task.JOB_SEARCH::equals).count(), requests.toString());
    }

    @Test
    void whatOthersHaveOrderedIsSeenInTheSharedLook() {
        listed = jobs -> List.of(JobRows.of(THEIRS, "SHOP.example.com"), JobRows.of(THEIRS + 1, "mail.example.com"));
        ofOne = jobs -> List.of(JobRows.of(THEIRS, NAME));

        ReissueException failure = assertThrows(ReissueException.class, () -> rotate(NAME));

        assertTrue(failure.getMessage().contains("Job " + THEIRS), failure.getMessage());
        assertEquals(Kind.ROTATED, rotate("www.example.com").kind());
    }

    /** A service may give fewer rows at a time than it was asked for. */
    @Test
    void whatOthersHaveOrderedIsSeenBehindAShortPage() {
        List<ObjectJob> all = new ArrayList<>(LongStream.range(0, 60)
                .mapToObj(id -> JobRows.of(id, "host-" + id + ".example.com"))
                .toList());
        all.set(55, JobRows.of(THEIRS, NAME));
        Iterator<List<ObjectJob>> pages = List.of(all.subList(0, 50), all.subList(40, 60), all.subList(50, 60))
                .iterator();
        listed = jobs -> pages.next();
        ofOne = jobs -> List.of(JobRows.of(THEIRS, NAME));

        ReissueException failure = assertThrows(ReissueException.class, () -> rotate(NAME));

        assertTrue(failure.getMessage().contains("Job " + THEIRS), failure.getMessage());
    }

    /** The look may be a minute old. */
    @Test
    void aJobThatHasEndedSinceTheSharedLookKeepsNobodyFromOrdering() {
        listed = jobs -> List.of(JobRows.of(THEIRS, NAME));

        assertEquals(Kind.ROTATED, rotate(NAME).kind());
    }

    /** More jobs run than a look tells of, or it does not say what they are about. */
    @Test
    void whereTheListDoesNotTellTheCertificatesOwnJobsAreAskedFor() {
        for (UnaryOperator<List<ObjectJob>> list : List.<UnaryOperator<List<ObjectJob>>>of(
                jobs -> LongStream.range(0, Query.LIMIT)
                        .mapToObj(id -> JobRows.of(id, "host-" + id + ".example.com"))
                        .toList(),
                jobs -> List.of(new ObjectJob(JobRows.of(THEIRS, "x").job(), null, null, null, null)))) {
            fixture.pass(Duration.ofMinutes(1));
            requests.clear();
            listed = list;
            assertEquals(
                    Kind.ROTATED,
                    rotate("host-" + fixture.now().getEpochSecond() + ".example.com")
                            .kind());
            assertEquals(3, requests.stream().filter(Task.JOB_SEARCH::equals).count(), requests.toString());
        }
    }

    /** Somebody may have changed it while the block published a record. */
    @Test
    void beforeTheOrderTheCertificateIsAskedForAgainIfItsProofTookLong() {
        RunOfJob run = fixture.rotate(fixture.certificate(NAME), run("release", 1));
        CompletableFuture<Void> published = new CompletableFuture<>();
        run.proveBy(published);
        CompletableFuture<RotationOutcome> outcome = run.start();
        fixture.pass(Duration.ofHours(1));
        assertFalse(requests.contains(Task.REISSUE));
        requests.clear();

        published.complete(null);
        fixture.done(outcome);

        assertEquals(List.of(Task.CERTIFICATE_INFO, Task.REISSUE), requests.subList(0, 2));
    }
}
