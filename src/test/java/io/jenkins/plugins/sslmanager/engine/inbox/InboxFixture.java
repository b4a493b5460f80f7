package io.jenkins.plugins.sslmanager.engine.inbox;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.async.VirtualTime;
import io.jenkins.plugins.sslmanager.engine.sandbox.Orders;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxCalls;
import io.jenkins.plugins.sslmanager.engine.sandbox.TestSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

/** An inbox, its directory and a sandbox, in one time. The sandbox's first notification has the number {@link #FIRST_MESSAGE}. */
final class InboxFixture {

    static final long FIRST_MESSAGE = 1_405_001;
    static final String OWN = "jenkins-5f3a-";
    static final String OF_OTHERS = "somebody-else-1";

    static final ApiException OUTAGE = ApiException.unreachable(Task.POLL_INFO, "connection refused", "Wait.");
    static final ApiException WRONG_PASSWORD =
            ApiException.refused(Task.POLL_INFO, 401, "EF00100", "Wrong password.", "stid-1", "Check the password.");

    final VirtualTime time = new VirtualTime();
    final List<String> reports = new ArrayList<>();
    final List<String> log = new ArrayList<>();
    final Sandbox sandbox;
    final Path directory;
    final DirectApi api;
    Inbox inbox;

    private final SandboxCalls calls;
    private int orders;

    InboxFixture(Path directory, Protocol protocol) {
        this.directory = directory;
        sandbox = TestSandbox.in(time).build();
        calls = new SandboxCalls(sandbox, protocol);
        api = new DirectApi(calls);
        start(QueuePolicy.SHARED);
    }

    /** A controller that starts on the same directory. */
    void start(QueuePolicy policy) {
        if (inbox != null) {
            inbox.close();
        }
        inbox = new Inbox(InboxSettings.standard(policy, OWN), openStore(), time, reports::add);
        if (policy == QueuePolicy.EXCLUSIVE) {
            inbox.runAlways(() -> api);
        }
    }

    SandboxCalls calls() {
        return calls;
    }

    MessageStore openStore() {
        try {
            return MessageStore.open(directory, reports::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the job of an order of this Jenkins */
    long order(String name) {
        return order(name, OWN + ++orders);
    }

    long order(String name, String ctid) {
        return Orders.place(sandbox, calls, name, ctid);
    }

    Wait await(long jobId) {
        return await(jobId, Duration.ofDays(1), api);
    }

    Wait await(long jobId, Duration limit, SslManagerApi with) {
        Instant deadline = time.instant().plus(limit);
        return inbox.await(jobId, deadline, () -> with, log::add);
    }

    /** Lets so much time pass that whoever begins to wait now has had the queue read. */
    void firstLook() {
        time.pass(InboxSettings.FIRST_PAUSE);
    }

    static JobOutcome outcome(Wait over) {
        return over.ended().getNow(null);
    }

    static Throwable failure(Wait over) {
        return assertThrows(CompletionException.class, () -> over.ended().getNow(null))
                .getCause();
    }

    List<Long> stored() {
        return inbox.status().stored().stream().map(StoredMessage::id).toList();
    }
}
