package io.jenkins.plugins.sslmanager.engine.rotation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import io.jenkins.plugins.sslmanager.engine.async.VirtualTime;
import io.jenkins.plugins.sslmanager.engine.inbox.Inbox;
import io.jenkins.plugins.sslmanager.engine.inbox.InboxJobEnds;
import io.jenkins.plugins.sslmanager.engine.inbox.InboxSettings;
import io.jenkins.plugins.sslmanager.engine.inbox.JobEnds;
import io.jenkins.plugins.sslmanager.engine.inbox.MessageStore;
import io.jenkins.plugins.sslmanager.engine.inbox.QueuePolicy;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Holder;
import io.jenkins.plugins.sslmanager.engine.orders.KeyInMemory;
import io.jenkins.plugins.sslmanager.engine.orders.KeySealing;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import io.jenkins.plugins.sslmanager.engine.orders.Owner;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxCalls;
import io.jenkins.plugins.sslmanager.engine.sandbox.TestSandbox;
import io.jenkins.plugins.sslmanager.engine.vault.Vault;
import io.jenkins.plugins.sslmanager.engine.vault.WantedKeys;
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

    public static final String SYSTEM = "sandbox";
    public static final Duration UNTIL_DUE = Duration.ofDays(5);
    public static final Duration TIME_LIMIT = Duration.ofDays(14);

    /** The run of a job is over once a test says so. */
    private final Set<Holder> over = new HashSet<>();

    private final Path folder;
    private final Protocol protocol;
    private final KeyInMemory sealingKey = new KeyInMemory();
    public final VirtualTime time = new VirtualTime();
    final FaultyConnection connection = new FaultyConnection();
    public final List<String> log = new ArrayList<>();
    public final Sandbox sandbox;
    private final Pauses clock = new Pauses() {
        @Override
        public Instant instant() {
            return time.instant().plus(clockOff);
        }

        @Override
        public CompletableFuture<Void> pause(Duration duration) {
            return time.pause(duration);
        }
    };
    private Duration clockOff = Duration.ZERO;
    private UnaryOperator<SslManagerApi> between = api -> api;
    private OrderBook book;
    private Vault vault;
    private WantedKeys wanted;
    private Inbox inbox;

    public RotationFixture(Path folder, Protocol protocol) {
        this(folder, protocol, builder -> {});
    }

    /** @param settings of the sandbox */
    public RotationFixture(Path folder, Protocol protocol, Consumer<Sandbox.Builder> settings) {
        this.folder = folder;
        this.protocol = protocol;
        Sandbox.Builder builder = TestSandbox.in(time);
        settings.accept(builder);
        sandbox = builder.build();
        restart();
    }

    /** All that is in memory is made anew; what was on its way is gone. */
    public void restart() {
        if (inbox != null) {
            inbox.close();
        }
        try {
            Path orders = folder.resolve("orders");
            KeySealing sealing = new KeySealing(orders, sealingKey);
            book = OrderBook.open(orders, sealing, over::contains, clock, log::add);
            vault = Vault.open(orders.resolve("vault"), sealing, book::current, clock, log::add);
            wanted = WantedKeys.open(folder.resolve("wanted"), clock, log::add);
            inbox = new Inbox(
                    InboxSettings.standard(QueuePolicy.SHARED, "jenkins-"),
                    MessageStore.open(folder.resolve("inbox"), log::add),
                    clock,
                    log::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A run ends without a chance to do anything more, and with it the program that it was in. */
    public void kill(RunOfJob killed) {
        killed.dieAtOnce();
        restart();
    }

    /** A run ends with the program that it is in, and is taken up again when that is started anew. */
    public void stop(RunOfJob stopped) {
        stopped.stop();
        restart();
    }

    /** The clock of the machine that the runs are on, from now on; pauses take as long as ever. */
    public void clockIsOffBy(Duration duration) {
        clockOff = duration;
    }

    public Instant now() {
        return clock.instant();
    }

    public OrderBook book() {
        return book;
    }

    Vault vault() {
        return vault;
    }

    WantedKeys wanted() {
        return wanted;
    }

    /** The only order that is open. */
    public Order openOrder() {
        List<Order> open = book.openOrders();
        assertEquals(1, open.size(), () -> "open orders: " + open);
        return open.get(0);
    }

    /** The order that has ended last. */
    public Order endedOrder() {
        return book.ended().latest(1).get(0);
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
        SslManagerApi direct = directApi();
        return new CurrentApi(() -> between.apply(connection.to(direct)));
    }

    /** The service without any fault. */
    public SslManagerApi directApi() {
        return new SandboxCalls(sandbox, protocol).api();
    }

    /** A certificate that is due by {@link #due}. */
    public long certificate(String name) {
        return certificate(name, AuthMethod.DNS);
    }

    public long certificate(String name, AuthMethod method) {
        long id = sandbox.addCertificate(name, method, "www." + name);
        pass(UNTIL_DUE);
        return id;
    }

    public JobEnds ends() {
        Instant deadline = clock.instant().plus(TIME_LIMIT);
        return new InboxJobEnds(inbox, deadline, this::api, log::add);
    }

    public static Holder run(String job, int number) {
        return new Holder(job, "#" + number, job + " " + number);
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
                AtTermEnd.TELL,
                false,
                false,
                new NewKey("EC_P256", null, null, null),
                null,
                OrderChanges.NONE,
                clock.instant().plus(TIME_LIMIT));
    }

    /** The same with so much time for it. */
    static RotationSettings until(RotationSettings settings, Duration limit) {
        return new RotationSettings(
                settings.dueRule(),
                settings.evenIfNotDue(),
                settings.atTermEnd(),
                settings.givesUpOpenOrder(),
                settings.dryRun(),
                settings.newKey(),
                settings.csr(),
                settings.changes(),
                settings.deadline().minus(TIME_LIMIT).plus(limit));
    }

    static RotationSettings with(RotationSettings settings, NewKey key, OrderChanges changes) {
        return new RotationSettings(
                settings.dueRule(), false, AtTermEnd.TELL, false, false, key, null, changes, settings.deadline());
    }

    static RotationSettings with(RotationSettings settings, CertificateSigningRequest csr) {
        return new RotationSettings(
                settings.dueRule(),
                settings.evenIfNotDue(),
                settings.atTermEnd(),
                settings.givesUpOpenOrder(),
                false,
                settings.newKey(),
                csr,
                settings.changes(),
                settings.deadline());
    }

    static RotationSettings forced(RotationSettings settings) {
        return new RotationSettings(
                settings.dueRule(),
                true,
                settings.atTermEnd(),
                true,
                settings.dryRun(),
                settings.newKey(),
                settings.csr(),
                settings.changes(),
                settings.deadline());
    }

    /** Where the paid term ends, the certificate is renewed. */
    static RotationSettings renewing(RotationSettings settings) {
        return new RotationSettings(
                settings.dueRule(),
                settings.evenIfNotDue(),
                AtTermEnd.RENEW,
                settings.givesUpOpenOrder(),
                settings.dryRun(),
                settings.newKey(),
                settings.csr(),
                settings.changes(),
                settings.deadline());
    }

    static RotationSettings dry(RotationSettings settings) {
        return new RotationSettings(
                settings.dueRule(),
                settings.evenIfNotDue(),
                settings.atTermEnd(),
                settings.givesUpOpenOrder(),
                true,
                settings.newKey(),
                settings.csr(),
                settings.changes(),
                settings.deadline());
    }

    Rotation rotation(long certificateId, Holder run, RotationSettings settings, RotationPort port) {
        return new Rotation(
                new RotationContext(
                        api(),
                        ends(),
                        inbox.runningJobs(),
                        book,
                        clock,
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
        time.pass(duration);
    }

    /** How often a line with these words was told. */
    public long told(String words) {
        return log.stream().filter(line -> line.contains(words)).count();
    }

    Consumer<String> logOf(Holder run) {
        return line -> log.add(run + ": " + line);
    }
}
