package io.jenkins.plugins.sslmanager.engine.rotation;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.ImmediateTime;
import io.jenkins.plugins.sslmanager.engine.http.HttpRoute;
import io.jenkins.plugins.sslmanager.engine.http.HttpTransport;
import io.jenkins.plugins.sslmanager.engine.http.ServiceAccount;
import io.jenkins.plugins.sslmanager.engine.inbox.Inbox;
import io.jenkins.plugins.sslmanager.engine.inbox.InboxSettings;
import io.jenkins.plugins.sslmanager.engine.inbox.JobEnds;
import io.jenkins.plugins.sslmanager.engine.inbox.MessageStore;
import io.jenkins.plugins.sslmanager.engine.inbox.QueuePolicy;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import io.jenkins.plugins.sslmanager.engine.sandbox.TestSandbox;
import io.jenkins.plugins.sslmanager.engine.sandbox.http.ExchangeObserver;
import io.jenkins.plugins.sslmanager.engine.sandbox.http.SandboxServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The client and a sandbox, with one virtual time for all. */
public final class ReissueFixture implements AutoCloseable {

    public static final String CTID = "jenkins-release-17";

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final HttpRoute route = HttpRoute.direct(TestSandbox.HASTY);

    private final Protocol protocol;
    public final ImmediateTime time = new ImmediateTime();
    public final List<String> log = new CopyOnWriteArrayList<>();
    public final Sandbox sandbox;
    private final SandboxServer server;

    public ReissueFixture(Protocol protocol, Consumer<Sandbox.Builder> settings, ExchangeObserver observer) {
        this.protocol = protocol;
        Sandbox.Builder builder = TestSandbox.in(time);
        settings.accept(builder);
        sandbox = builder.build();
        server = SandboxServer.start(sandbox, 0, observer);
    }

    public SslManagerApi directApi(String password, int context) {
        ServiceAccount account = new ServiceAccount(server.url(protocol), "sandbox", password, context);
        return protocol.over(account, new HttpTransport(account, route, scheduler, TestSandbox.HASTY)::send);
    }

    public long certificate(String name) {
        return certificate(name, AuthMethod.DNS);
    }

    public long certificate(String name, AuthMethod method) {
        return sandbox.addCertificate(name, method, "www." + name);
    }

    public static CertificateSigningRequest csr(String name) {
        return csr(KeyAlgorithm.EC_P256, name);
    }

    public static CertificateSigningRequest csr(KeyAlgorithm algorithm, String name) {
        return CertificateSigningRequest.create(algorithm.generate(), name, List.of("www." + name));
    }

    public JobEnds ends() {
        try {
            Inbox inbox = new Inbox(
                    InboxSettings.standard(QueuePolicy.SHARED, CTID),
                    MessageStore.open(Files.createTempDirectory("inbox"), log::add),
                    time,
                    line -> {});
            Instant deadline = time.instant().plus(Duration.ofHours(1));
            return jobId -> inbox.await(jobId, deadline, () -> directApi("sandbox", 1), log::add)
                    .ended();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static <T> T done(CompletableFuture<T> work) {
        return work.orTimeout(30, TimeUnit.SECONDS).join();
    }

    public static <E extends Exception> E failure(Class<E> type, CompletableFuture<?> work) {
        CompletionException failure = assertThrows(CompletionException.class, () -> done(work));
        return type.cast(failure.getCause());
    }

    @Override
    public void close() {
        server.close();
        scheduler.shutdownNow();
    }
}
