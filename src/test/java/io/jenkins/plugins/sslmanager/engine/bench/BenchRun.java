package io.jenkins.plugins.sslmanager.engine.bench;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.rotation.IssuedCertificate;
import io.jenkins.plugins.sslmanager.engine.rotation.Rotation;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationOutcome;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationPort;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A build that rotates one certificate, and whose delivery takes no time. */
final class BenchRun implements RotationPort {

    private final String build;
    private final CompletableFuture<RotationOutcome> end = new CompletableFuture<>();
    private Rotation rotation;
    private boolean isInterrupted;

    @CheckForNull
    private String followed;

    BenchRun(String build) {
        this.build = build;
    }

    String build() {
        return build;
    }

    /** Also after a restart. */
    CompletableFuture<RotationOutcome> end() {
        return end;
    }

    void begin(Rotation with) {
        rotation = with;
        with.run(followed).whenComplete((outcome, failure) -> {
            if (isInterrupted) {
                return;
            }
            if (failure != null) {
                end.completeExceptionally(failure);
            } else if (outcome.kind() == RotationOutcome.Kind.ROTATED) {
                end.complete(outcome);
            } else {
                end.completeExceptionally(new IllegalStateException("Not rotated: " + outcome.kind()));
            }
        });
    }

    void stop() {
        isInterrupted = true;
        rotation.end();
    }

    void goOnWith(Rotation another) {
        isInterrupted = false;
        begin(another);
    }

    @Override
    public void log(String line) {}

    @Override
    public void check(IssuedCertificate current) {}

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
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void deliver(Order order, IssuedCertificate issued, @CheckForNull PrivateKey key) {}

    @Override
    public boolean isInterrupted() {
        return isInterrupted;
    }
}
