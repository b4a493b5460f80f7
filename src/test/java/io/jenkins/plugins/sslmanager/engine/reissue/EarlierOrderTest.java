package io.jenkins.plugins.sslmanager.engine.reissue;

import static io.jenkins.plugins.sslmanager.engine.reissue.ReissueFixture.CTID;
import static io.jenkins.plugins.sslmanager.engine.reissue.ReissueFixture.done;
import static io.jenkins.plugins.sslmanager.engine.reissue.ReissueFixture.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.Envelopes;
import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A run that begins after another has failed finds what that one has ordered, by the key that it has left. */
@ParameterizedClass(name = "{0}")
@EnumSource(Protocol.class)
class EarlierOrderTest {

    private final KeyPair keys = KeyAlgorithm.EC_P256.generate();
    private final Envelopes envelopes;
    private final ReissueFixture service;
    private final Instant since;

    EarlierOrderTest(Protocol protocol) {
        envelopes = new Envelopes(protocol);
        service = new ReissueFixture(protocol);
        since = service.time.instant();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private static CertificateSigningRequest csr(KeyPair keys, String name) {
        return CertificateSigningRequest.create(keys, name, List.of("www." + name));
    }

    private Certificate existing(long id) {
        return done(service.api().certificateInfo(id));
    }

    private ReissueState order(long id, String name) {
        ReissueProcess process = service.process(csr(keys, name));
        return done(process.prepare(id, CTID).thenCompose(prepared -> process.order(prepared, null)));
    }

    private Optional<ReissueState> find(long id, String name, String ctid) {
        return done(new EarlierOrder(service.api(), service.time).of(existing(id), csr(keys, name), ctid, since));
    }

    @Test
    void runningOrderIsAdoptedAndItsCertificateFitsAnotherCsrOfTheSameKey() {
        long id = service.certificate("shop.example.com");
        long jobId = order(id, "shop.example.com").jobId();

        CertificateSigningRequest again = csr(keys, "shop.example.com");
        ReissueState adopted = done(new EarlierOrder(service.api(), service.time).of(existing(id), again, CTID, since))
                .orElseThrow();
        IssuedCertificate issued = done(service.process(again).resume(adopted, service.ends()));

        assertEquals(jobId, adopted.jobId());
        assertEquals(keys.getPublic(), issued.chain().leaf().getPublicKey());
        assertEquals(1, service.sandbox.orders("shop.example.com"));
    }

    @Test
    void orderIsKnownByItsKeyWhereTheServiceDoesNotTellClientTransactions() {
        long id = service.certificate("shop.example.com");
        long jobId = order(id, "shop.example.com").jobId();
        service.relay.treat("POST /job/_search", Relay.rewriting(envelopes.events(), ""));

        assertEquals(
                jobId, find(id, "shop.example.com", "another").orElseThrow().jobId());
    }

    @Test
    void endedOrderWhoseCertificateHasAnIdOfItsOwnIsAdopted() {
        long id = service.certificate("new-id.example.com");
        long jobId = order(id, "new-id.example.com").jobId();
        service.time.pause(ReissueFixture.JOB_DELAY);

        ReissueState adopted = find(id, "new-id.example.com", CTID).orElseThrow();

        assertEquals(jobId, adopted.jobId());
    }

    @Test
    void failedOrderIsNone() {
        long id = service.certificate("job-failed.example.com");
        order(id, "job-failed.example.com");
        service.time.pause(Duration.ofMinutes(5));

        assertTrue(find(id, "job-failed.example.com", CTID).isEmpty());
    }

    @Test
    void orderOfAnotherKeyIsNoneAndIsTold() {
        long id = service.certificate("shop.example.com");
        ReissueProcess process = service.process(ReissueFixture.csr("shop.example.com"));
        long other = done(process.prepare(id, "another").thenCompose(prepared -> process.order(prepared, null)))
                .jobId();

        assertTrue(find(id, "shop.example.com", CTID).isEmpty());
        ReissueException refusal = failure(
                ReissueException.class,
                new EarlierOrder(service.api(), service.time).requireNoneRunning(existing(id), service.log::add));
        assertTrue(refusal.getMessage().startsWith("Job " + other + " of shop.example.com is under way (RUNNING)"));
        service.time.pause(ReissueFixture.JOB_DELAY);
        done(new EarlierOrder(service.api(), service.time).requireNoneRunning(existing(id), service.log::add));
    }

    @Test
    void accountThatMayNotListJobsIsNoReasonNotToOrder() {
        Certificate existing = existing(service.certificate("shop.example.com"));
        String jobList = "POST /job/_search";
        service.relay.treat(jobList, Relay.answering(403, "text/html", "<html>Forbidden</html>"));
        done(new EarlierOrder(service.api(), service.time).requireNoneRunning(existing, service.log::add));

        assertTrue(service.log
                .toString()
                .contains("Whether somebody else has ordered is not known: " + service.jobList()));
    }

    @Test
    void orderThatIsStillOnItsWayIsWaitedFor() {
        long id = service.certificate("shop.example.com");
        service.time.atEachPause(number -> {
            if (number == 1) {
                order(id, "shop.example.com");
            }
        });

        assertTrue(find(id, "shop.example.com", CTID).isPresent());
        assertEquals(since.plus(OrderPlacement.SETTLE), service.time.instant());
    }

    @Test
    void abortEndsTheSearch() {
        Certificate existing = existing(service.certificate("shop.example.com"));
        CompletableFuture<CompletableFuture<?>> search = new CompletableFuture<>();
        service.time.atEachPause(number -> search.join().cancel(true));
        search.complete(
                new EarlierOrder(service.api(), service.time).of(existing, csr(keys, "shop.example.com"), CTID, since));

        assertThrows(CancellationException.class, () -> done(search.join()));
        service.roundTrip();

        assertEquals(1, service.relay.count("POST /job/_search"));
    }
}
