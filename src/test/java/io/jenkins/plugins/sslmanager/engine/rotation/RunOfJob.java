package io.jenkins.plugins.sslmanager.engine.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.orders.Holder;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import java.io.IOException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** One run of a job that rotates a certificate: it has what was delivered to it. */
public final class RunOfJob implements RotationPort {

    private final RotationFixture fixture;
    private final Holder run;
    private final Rotation rotation;
    private final List<IssuedCertificate> delivered = new ArrayList<>();
    private final List<PrivateKey> keys = new ArrayList<>();
    private Runnable afterDelivery = () -> {};
    private Consumer<String> atLine = line -> {};
    private boolean isDead;
    private String followed;
    private IOException deliveryFailure;
    private CompletableFuture<Void> proof = CompletableFuture.completedFuture(null);

    RunOfJob(RotationFixture fixture, long certificateId, Holder run, RotationSettings settings) {
        this.fixture = fixture;
        this.run = run;
        rotation = fixture.rotation(certificateId, run, settings, this);
    }

    public CompletableFuture<RotationOutcome> start() {
        return rotation.run(null);
    }

    /** Goes on after a restart. */
    public CompletableFuture<RotationOutcome> resume(String order) {
        return rotation.run(order);
    }

    public RotationOutcome toTheEnd() {
        return fixture.done(start());
    }

    public void abort() {
        rotation.end();
    }

    /** Nothing that it has under way goes on, and it puts nothing in order. */
    void dieAtOnce() {
        stop();
        fixture.isOver(run);
    }

    /** The same, but whoever has the run takes it up again. */
    void stop() {
        isDead = true;
        rotation.end();
    }

    public void atLine(Consumer<String> action) {
        atLine = action;
    }

    public void afterDelivery(Runnable action) {
        afterDelivery = action;
    }

    /** One for each delivery; null where the CSR was brought along. */
    public List<PrivateKey> keys() {
        return keys;
    }

    public void failDelivery(IOException failure) {
        deliveryFailure = failure;
    }

    public void proveBy(CompletableFuture<Void> work) {
        proof = work;
    }

    public String followed() {
        return followed;
    }

    public List<IssuedCertificate> delivered() {
        return delivered;
    }

    @Override
    public void log(String line) {
        fixture.logOf(run).accept(line);
        atLine.accept(line);
    }

    @Override
    public void check(IssuedCertificate current) {
        log("outputs are checked");
    }

    @Override
    public Optional<X509Certificate> inUse(IssuedCertificate current) {
        return Optional.empty();
    }

    @Override
    public void follows(Order order) {
        followed = order.id();
    }

    @Override
    public CompletableFuture<Void> prove(Order order) {
        return proof;
    }

    @Override
    public void deliver(Order order, IssuedCertificate issued, @CheckForNull PrivateKey key) throws IOException {
        if (deliveryFailure != null) {
            throw deliveryFailure;
        }
        if (key != null) {
            KeyStores.requirePair(key, issued.chain().leaf());
        }
        keys.add(key);
        delivered.add(issued);
        afterDelivery.run();
    }

    @Override
    public boolean isInterrupted() {
        return isDead;
    }
}
