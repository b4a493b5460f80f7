package io.jenkins.plugins.sslmanager;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Descriptor;
import io.jenkins.plugins.sslmanager.account.Service;
import io.jenkins.plugins.sslmanager.account.SslManagerAccount;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.sandbox.Exchange;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A sandbox outside Jenkins, so that it is there before and after a restart, with a clock and a gate in the test's hand. */
public final class SandboxFixture implements AutoCloseable {

    public static final String ACCOUNT = "test";
    public static final String PASSWORD = "a-password-that-must-not-leak";

    /** Behind at first, so that no certificate comes from the future when time has passed. */
    private volatile Duration ahead = Duration.ofHours(-1);

    private volatile String held = "nothing";
    private volatile CountDownLatch arrived = new CountDownLatch(1);
    private volatile CountDownLatch gate = new CountDownLatch(0);

    public final Sandbox sandbox;
    private final SandboxServer server;

    public SandboxFixture(Duration jobDelay) {
        sandbox = Sandbox.builder()
                .account("release", PASSWORD, 4)
                .account("second", PASSWORD, 9)
                .rateLimit(false)
                .jobDelay(jobDelay)
                .clock(() -> Instant.now().plus(ahead))
                .build();
        server = SandboxServer.start(sandbox, 0, this::stopHeld);
    }

    /** An account for this sandbox, with credentials that only administrators can use. */
    public void setUpAccount() throws IOException, Descriptor.FormException {
        addCredentials("ssl-manager", CredentialsScope.SYSTEM, PASSWORD);
        SslManagerConfiguration.get().setAccounts(List.of(account(ACCOUNT, 4, "ssl-manager")));
    }

    public SslManagerAccount account(String name, int context, String credentialsId) {
        SslManagerAccount account = new SslManagerAccount(name, Service.OTHER, context, credentialsId);
        account.setUrl(server.url().toString());
        return account;
    }

    public static void addCredentials(String id, CredentialsScope scope, String password)
            throws IOException, Descriptor.FormException {
        addCredentials(id, "release", scope, password);
    }

    public static void addCredentials(String id, String user, CredentialsScope scope, String password)
            throws IOException, Descriptor.FormException {
        SystemCredentialsProvider provider = SystemCredentialsProvider.getInstance();
        provider.getCredentials().add(new UsernamePasswordCredentialsImpl(scope, id, "", user, password));
        provider.save();
    }

    public static String csr(String name, String... alternativeNames) {
        return CertificateSigningRequest.create(KeyAlgorithm.EC_P256.generate(), name, List.of(alternativeNames))
                .toPem();
    }

    public String url() {
        return server.url().toString();
    }

    public void letTimePass(Duration duration) {
        ahead = ahead.plus(duration);
    }

    /** From now on, requests that begin like this are done by the service, but their answers do not go out. */
    public void hold(String methodAndPath) {
        arrived = new CountDownLatch(1);
        gate = new CountDownLatch(1);
        held = methodAndPath;
    }

    public void awaitHeldRequest() throws InterruptedException {
        arrived.await();
    }

    public void release() {
        held = "nothing";
        gate.countDown();
    }

    private void stopHeld(Exchange exchange) {
        if ((exchange.method() + " " + exchange.path()).startsWith(held)) {
            arrived.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        release();
        server.close();
    }
}
