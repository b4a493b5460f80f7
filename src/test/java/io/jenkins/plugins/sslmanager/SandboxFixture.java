package io.jenkins.plugins.sslmanager;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Descriptor;
import hudson.util.Secret;
import io.jenkins.plugins.sslmanager.account.Service;
import io.jenkins.plugins.sslmanager.account.SslManagerAccount;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.account.grants.Grant;
import io.jenkins.plugins.sslmanager.account.grants.Purpose;
import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.rotation.OrderChanges;
import io.jenkins.plugins.sslmanager.engine.rotation.OrderDraft;
import io.jenkins.plugins.sslmanager.engine.rotation.ProofOfControl;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxCalls;
import io.jenkins.plugins.sslmanager.engine.sandbox.http.Exchange;
import io.jenkins.plugins.sslmanager.engine.sandbox.http.SandboxServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;

/** A sandbox outside Jenkins, so that it is there before and after a restart, with a clock and a gate in the test's hand. */
public final class SandboxFixture implements AutoCloseable {

    public static final String ACCOUNT = "test";
    public static final String SECOND_FACTOR = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    public static final String PASSWORD = "a-password-that-must-not-leak";

    /**
     * Behind at first, so that no certificate comes from the future when time has passed, and so far that the rule {@code 99%}
     * finds every certificate due. Certificates are {@link #AGE} old when they are added, so that a re-issue wins as much.
     */
    private volatile Duration ahead = Duration.ofDays(-7);

    private static final Duration AGE = Duration.ofDays(3);

    private record Hold(Predicate<Exchange> requests, CountDownLatch arrived, CountDownLatch gate) {}

    private final List<Hold> holds = new CopyOnWriteArrayList<>();
    private final Map<Task, Integer> requests = new ConcurrentHashMap<>();

    public final Sandbox sandbox;
    private final SandboxServer server;

    public SandboxFixture(Duration jobDelay) {
        this(jobDelay, builder -> {});
    }

    /** @param settings of the sandbox */
    public SandboxFixture(Duration jobDelay, Consumer<Sandbox.Builder> settings) {
        Sandbox.Builder builder = Sandbox.builder()
                .account("release", PASSWORD, 4)
                .account("second", PASSWORD, 9)
                .account("third", PASSWORD, 10)
                .account("careful", PASSWORD, 4)
                .secondFactor("careful", SECOND_FACTOR)
                .rateLimit(false)
                .jobDelay(jobDelay)
                .ageAtFirst(AGE)
                .clock(() -> Instant.now().plus(ahead));
        settings.accept(builder);
        sandbox = builder.build();
        server = SandboxServer.start(sandbox, 0, this::stopHeld);
    }

    /** An account for this sandbox, with credentials that only administrators can use. */
    public void setUpAccount() throws IOException, Descriptor.FormException {
        setUpAccount(Protocol.JSON);
    }

    public void setUpAccount(Protocol protocol) throws IOException, Descriptor.FormException {
        addCredentials("ssl-manager", CredentialsScope.SYSTEM, PASSWORD);
        SslManagerConfiguration.get().setAccounts(List.of(account(ACCOUNT, protocol, 4, "ssl-manager")));
    }

    public SslManagerAccount account(String name, int context, String credentialsId) {
        return account(name, Protocol.JSON, context, credentialsId);
    }

    public SslManagerAccount account(String name, Protocol protocol, int context, String credentialsId) {
        return account(name, protocol, url(protocol), context, credentialsId);
    }

    /** For a Jenkins in another process than the sandbox. */
    public static SslManagerAccount account(
            String name, Protocol protocol, String url, int context, String credentialsId) {
        SslManagerAccount account = new SslManagerAccount(name, Service.OTHER, context, credentialsId);
        account.setProtocol(protocol);
        account.setUrl(url);
        account.setGrants(List.of(everythingForEveryJob()));
        return account;
    }

    /** For tests of something else. */
    public static Grant everythingForEveryJob() {
        Grant grant = new Grant();
        grant.setEveryJob(true);
        grant.setEveryCertificate(true);
        grant.setAllows(Purpose.RENEW);
        grant.setAdditionalNames(true);
        grant.setRemovedNames(true);
        grant.setContacts(true);
        grant.setProduct(true);
        grant.setOtherCsr(true);
        return grant;
    }

    public static void addCredentials(String id, CredentialsScope scope, String password)
            throws IOException, Descriptor.FormException {
        addCredentials(id, "release", scope, password);
    }

    public static void addCredentials(String id, String user, CredentialsScope scope, String password)
            throws IOException, Descriptor.FormException {
        add(new UsernamePasswordCredentialsImpl(scope, id, "", user, password));
    }

    public static void addSecretText(String id, String text) throws IOException {
        add(new StringCredentialsImpl(CredentialsScope.GLOBAL, id, "", Secret.fromString(text)));
    }

    private static void add(Credentials credentials) throws IOException {
        SystemCredentialsProvider provider = SystemCredentialsProvider.getInstance();
        provider.getCredentials().add(credentials);
        provider.save();
    }

    public static String csr(String name, String... alternativeNames) {
        return CertificateSigningRequest.create(KeyAlgorithm.EC_P256.generate(), name, List.of(alternativeNames))
                .toPem();
    }

    /** Somebody else re-issues a certificate, with a key of his own. */
    public void orderElsewhere(long certificateId, Protocol protocol, String name, String... alternativeNames) {
        SslManagerApi api = new SandboxCalls(sandbox, protocol, "release", PASSWORD, 4).api();
        Certificate existing = api.certificateInfo(certificateId).join();
        CertificateSigningRequest csr =
                CertificateSigningRequest.create(KeyAlgorithm.EC_P256.generate(), name, List.of(alternativeNames));
        CertificateData prepared = api.prepareOrder(CertificateData.request(csr.toPem(), existing.product()))
                .join();
        api.reissue(
                        certificateId,
                        OrderDraft.of(existing, csr, ProofOfControl.offered(existing, prepared), OrderChanges.NONE),
                        "by-hand")
                .join();
    }

    public String url(Protocol protocol) {
        return server.url(protocol).toString();
    }

    public void letTimePass(Duration duration) {
        ahead = ahead.plus(duration);
    }

    /** From now on, this task is done by the service, but its answers do not go out. */
    public void hold(Task task) {
        hold(exchange -> exchange.task() == task);
    }

    /** The same for one certificate alone. */
    public void hold(Task task, long certificateId) {
        hold(about(task, certificateId));
    }

    private void hold(Predicate<Exchange> requests) {
        release();
        holdAlso(requests);
    }

    /** This task, too; what is held already stays so. */
    public void holdAlso(Task task) {
        holdAlso(exchange -> exchange.task() == task);
    }

    /** The same for one certificate alone. */
    public void holdAlso(Task task, long certificateId) {
        holdAlso(about(task, certificateId));
    }

    private static Predicate<Exchange> about(Task task, long certificateId) {
        return exchange -> exchange.task() == task
                && (exchange.path().endsWith("/" + certificateId)
                        || new String(exchange.requestBody(), StandardCharsets.UTF_8)
                                .contains("<id>" + certificateId + "</id>"));
    }

    private void holdAlso(Predicate<Exchange> requests) {
        holds.add(new Hold(requests, new CountDownLatch(1), new CountDownLatch(1)));
    }

    /** Of the kind that was named last. */
    public void awaitHeldRequest() throws InterruptedException {
        holds.get(holds.size() - 1).arrived().await();
    }

    public void release() {
        holds.forEach(hold -> hold.gate().countDown());
        holds.clear();
    }

    /** How often the service was asked for this. */
    public int requests(Task task) {
        return requests.getOrDefault(task, 0);
    }

    private void stopHeld(Exchange exchange) {
        if (exchange.task() != null) {
            requests.merge(exchange.task(), 1, Integer::sum);
        }
        for (Hold hold : holds) {
            if (hold.requests().test(exchange)) {
                hold.arrived().countDown();
                try {
                    hold.gate().await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return;
            }
        }
    }

    @Override
    public void close() {
        release();
        server.close();
    }
}
