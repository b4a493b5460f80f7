package io.jenkins.plugins.sslmanager.engine.dns;

import static io.jenkins.plugins.sslmanager.engine.rotation.ReissueFixture.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.sslmanager.engine.async.ImmediateTime;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;

/** Waits for a record in an internet of the test's own, where time passes at once. */
abstract class PropagationFixture {

    static final DnsRecord TXT = DnsRecord.parse("_dnsauth.example.com. 300 IN TXT \"abc\"");
    static final DnsRecord CNAME = DnsRecord.parse("_0a1b.example.com. CNAME 2c.3d.sectigo.com.");

    final Internet internet = new Internet();
    final ImmediateTime time = new ImmediateTime();
    final List<String> log = new CopyOnWriteArrayList<>();

    @AfterEach
    void shutDown() {
        internet.close();
    }

    CompletableFuture<Void> await(DnsRecord record, Duration limit) {
        return new Propagation(internet, time, log::add)
                .await(record, time.instant().plus(limit));
    }

    CompletableFuture<Void> await(DnsRecord record) {
        return await(record, Duration.ofHours(1));
    }

    /** With one look, at the time limit. */
    String refusal(DnsRecord record) {
        ReissueException failure = failure(ReissueException.class, await(record, Duration.ZERO));
        assertEquals(ReissueException.Kind.TIME_LIMIT, failure.kind());
        return failure.getMessage();
    }
}
