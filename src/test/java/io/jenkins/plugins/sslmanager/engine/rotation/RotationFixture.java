package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.async.VirtualTime;
import io.jenkins.plugins.sslmanager.engine.inbox.Inbox;
import io.jenkins.plugins.sslmanager.engine.inbox.InboxSettings;
import io.jenkins.plugins.sslmanager.engine.inbox.MessageStore;
import io.jenkins.plugins.sslmanager.engine.inbox.QueuePolicy;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Holder;
import io.jenkins.plugins.sslmanager.engine.orders.KeyInMemory;
import io.jenkins.plugins.sslmanager.engine.orders.KeySealing;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import io.jenkins.plugins.sslmanager.engine.orders.Owner;
import io.jenkins.plugins.sslmanager.engine.reissue.DueRule;
import io.jenkins.plugins.sslmanager.engine.reissue.JobEnds;
import io.jenkins.plugins.sslmanager.engine.reissue.OrderChanges;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A sandbox, an order book on disk and runs of jobs, with one virtual time for all, on one thread. */
public final class RotationFixture {

    public static final Duration JOB_DELAY = Duration.ofMinutes(2);
    public static final String SYSTEM = "sandbox";
    public static final Duration UNTIL_DUE = Duration.ofDays(5);

    /** The run of a job is over once a test says so. */
    private final Set<Holder> over = new HashSet<>();

    private final Path folder;
    private final Protocol protocol;
    private final KeyInMemory sealingKey = new KeyInMemory();
    public final VirtualTime time = new VirtualTime();
    public final List<String> log = new ArrayList<>();
    public final Sandbox sandbox;
    private UnaryOperator<SslManagerApi> between = api -> api;
    private OrderBook book;
    private Inbox inbox;

    public RotationFixture(Path folder, Protocol protocol) {
        this.folder = folder;
        this.protocol = protocol;
        sandbox = Sandbox.builder()
                .clock(time)
                .jobDelay(JOB_DELAY)
                .rateLimit(false)
                .build();
        restart();
    }

    /** All that is in memory is made anew; what was on its way is gone. */
    public void restart() {
        try {
            book = OrderBook.open(
                    folder.resolve("orders"),
                    new KeySealing(folder.resolve("orders"), sealingKey),
                    over::contains,
                    time,
                    log::add);
            inbox = new Inbox(
                    InboxSettings.standard(QueuePolicy.SHARED, "jenkins-"),
                    MessageStore.open(folder.resolve("inbox"), log::add),
                    time,
                    log::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public OrderBook book() {
        return book;
    }

    public Path folder() {
        return folder;
    }

    public KeyInMemory sealingKey() {
        return sealingKey;
    }

    /** What stands between the runs and the service from now on. */
    public void between(UnaryOperator<SslManagerApi> treatment) {
        between = treatment;
    }

    /** The service as the runs see it. */
    public SslManagerApi api() {
        SslManagerApi direct = new SandboxCalls(sandbox, protocol).api();
        return new CurrentApi(() -> between.apply(direct));
    }

    /** A certificate that is due by {@link #due}. */
    public long certificate(String name) {
        long id = sandbox.addCertificate(name, AuthMethod.DNS, "www." + name);
        pass(UNTIL_DUE);
        return id;
    }

    public JobEnds ends() {
        Instant deadline = time.instant().plus(Duration.ofDays(14));
        return jobId -> inbox.await(jobId, deadline, this::api, log::add).ended();
    }

    public static Holder run(String job, int number) {
        return new Holder(job, "#" + number, "step");
    }

    public void isOver(Holder run) {
        over.add(run);
    }

    /** A run with the usual settings. */
    public RunOfJob rotate(long certificateId, Holder run) {
        return rotate(certificateId, run, settings -> settings);
    }

    public RunOfJob rotate(long certificateId, Holder run, UnaryOperator<RotationSettings> change) {
        return new RunOfJob(this, certificateId, run, change.apply(settings(due())));
    }

    /** Due {@link #UNTIL_DUE} after it was issued. */
    public static DueRule due() {
        return DueRule.parse("99%");
    }

    public RotationSettings settings(DueRule rule) {
        return new RotationSettings(
                rule,
                false,
                false,
                false,
                new NewKey("EC_P256", null, null, null),
                null,
                OrderChanges.NONE,
                time.instant().plus(Duration.ofDays(14)));
    }

    Rotation rotation(long certificateId, Holder run, RotationSettings settings, RotationPort port) {
        return new Rotation(
                new Rotation.Context(
                        api(),
                        ends(),
                        book,
                        time,
                        Runnable::run,
                        "test",
                        "jenkins-",
                        new Owner(run.job(), "a test"),
                        run),
                settings,
                port,
                new CertificateId(SYSTEM, certificateId));
    }

    /** Lets time pass until something is done. */
    public <T> T done(CompletableFuture<T> work) {
        while (!work.isDone()) {
            if (!time.next()) {
                throw new AssertionError("Nothing is left to happen, and it is not done. The log: " + log);
            }
        }
        try {
            return work.join();
        } catch (CompletionException e) {
            throw Failures.cause(e) instanceof RuntimeException expected ? expected : e;
        }
    }

    /** Lets that much time pass. */
    public void pass(Duration duration) {
        boolean[] passed = {false};
        time.after(duration, () -> passed[0] = true);
        while (!passed[0]) {
            time.next();
        }
    }

    Consumer<String> logOf(Holder run) {
        return line -> log.add(run + ": " + line);
    }
}
