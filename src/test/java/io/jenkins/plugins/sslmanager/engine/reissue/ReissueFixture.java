package io.jenkins.plugins.sslmanager.engine.reissue;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.http.HttpRoute;
import io.jenkins.plugins.sslmanager.engine.http.HttpTransport;
import io.jenkins.plugins.sslmanager.engine.http.ServiceAccount;
import io.jenkins.plugins.sslmanager.engine.http.TransportLimits;
import io.jenkins.plugins.sslmanager.engine.inbox.Inbox;
import io.jenkins.plugins.sslmanager.engine.inbox.InboxSettings;
import io.jenkins.plugins.sslmanager.engine.inbox.MessageStore;
import io.jenkins.plugins.sslmanager.engine.inbox.QueuePolicy;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.sandbox.ExchangeObserver;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
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

/** The client, a relay and a sandbox, with one virtual time for all. */
public final class ReissueFixture implements AutoCloseable {

    public static final Duration JOB_DELAY = Duration.ofMinutes(2);
    public static final String CTID = "jenkins-release-17";

    /** There is no such job. */
    static final long ROUND_TRIP = 4711;

    private static final TransportLimits HASTY = new TransportLimits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            256 * 1024,
            3,
            Duration.ofMillis(1),
            Duration.ofMillis(10),
            1_000);

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final HttpRoute route = HttpRoute.direct(HASTY);

    private final Protocol protocol;
    public final VirtualTime time = new VirtualTime();
    public final List<String> log = new CopyOnWriteArrayList<>();
    final List<ReissueState> saved = new CopyOnWriteArrayList<>();
    public final Sandbox sandbox;
    final Relay relay;
    private final SandboxServer server;

    ReissueFixture(Protocol protocol) {
        this(protocol, builder -> {}, exchange -> {});
    }

    public ReissueFixture(Protocol protocol, Consumer<Sandbox.Builder> settings, ExchangeObserver observer) {
        this.protocol = protocol;
        Sandbox.Builder builder =
                Sandbox.builder().clock(time).jobDelay(JOB_DELAY).rateLimit(false);
        settings.accept(builder);
        sandbox = builder.build();
        server = SandboxServer.start(sandbox, 0, observer);
        relay = new Relay(protocol, server.url(protocol));
    }

    /** Through the relay. */
    SslManagerApi api() {
        return api("sandbox", 1);
    }

    SslManagerApi api(String password, int context) {
        return api(relay.url(), password, context);
    }

    /** Past the relay. */
    public SslManagerApi directApi(String password, int context) {
        return api(server.url(protocol), password, context);
    }

    private SslManagerApi api(URI url, String password, int context) {
        ServiceAccount account = new ServiceAccount(url, "sandbox", password, context);
        return protocol.over(account, new HttpTransport(account, route, scheduler, HASTY)::send);
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

    /** That saves each state in {@link #saved}. */
    ReissueProcess process(CertificateSigningRequest csr) {
        return process(api(), csr);
    }

    public ReissueProcess process(SslManagerApi api, CertificateSigningRequest csr) {
        return new ReissueProcess(
                api,
                time,
                csr,
                state -> {
                    saved.add(state);
                    return CompletableFuture.completedFuture(null);
                },
                log::add);
    }

    public JobEnds ends() {
        try {
            Inbox inbox = new Inbox(
                    InboxSettings.standard(QueuePolicy.SHARED, CTID),
                    MessageStore.open(Files.createTempDirectory("inbox"), log::add),
                    time,
                    line -> {});
            Instant deadline = time.instant().plus(Duration.ofHours(1));
            return jobId -> inbox.await(jobId, deadline, this::api, log::add).ended();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The task that looks for jobs that still run, as it is sent. */
    Task jobList() {
        return switch (protocol) {
            case JSON -> Task.JOB_SEARCH;
            case XML -> Task.CERTIFICATE_JOB_SEARCH;
        };
    }

    /** Whatever the client does in consequence of an answer that it has, it has done before this comes back. */
    void roundTrip() {
        failure(ApiException.class, api().jobInfo(ROUND_TRIP));
    }

    List<ReissueState.Stage> savedStages() {
        return saved.stream().map(ReissueState::stage).toList();
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
        relay.close();
        server.close();
        scheduler.shutdownNow();
    }
}
