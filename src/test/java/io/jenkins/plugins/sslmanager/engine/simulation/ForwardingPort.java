package io.jenkins.plugins.sslmanager.engine.simulation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.rotation.IssuedCertificate;
import io.jenkins.plugins.sslmanager.engine.rotation.KeptCertificate;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationPort;
import java.io.IOException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Passes everything on, so that a planted fault overrides what it breaks alone. */
abstract class ForwardingPort implements RotationPort {

    private final RotationPort build;

    ForwardingPort(RotationPort build) {
        this.build = build;
    }

    @Override
    public void log(String line) {
        build.log(line);
    }

    @Override
    public void check(IssuedCertificate current) throws IOException, InterruptedException {
        build.check(current);
    }

    @Override
    public Optional<X509Certificate> inUse(IssuedCertificate current) throws IOException, InterruptedException {
        return build.inUse(current);
    }

    @Override
    public Optional<KeptCertificate> kept(IssuedCertificate current) throws IOException, InterruptedException {
        return build.kept(current);
    }

    @Override
    public void fill(IssuedCertificate kept, PrivateKey key) throws IOException, InterruptedException {
        build.fill(kept, key);
    }

    @Override
    public Lack lack(IssuedCertificate current) throws IOException, InterruptedException {
        return build.lack(current);
    }

    @Override
    public boolean isHeldBack(IssuedCertificate current) throws IOException, InterruptedException {
        return build.isHeldBack(current);
    }

    @Override
    public int renewals(IssuedCertificate current) {
        return build.renewals(current);
    }

    @Override
    public void placed(Order order) {
        build.placed(order);
    }

    @Override
    public void follows(Order order) {
        build.follows(order);
    }

    @Override
    public CompletableFuture<Void> prove(Order order) {
        return build.prove(order);
    }

    @Override
    public void keep(Order order, IssuedCertificate issued, @CheckForNull PrivateKey key) throws IOException {
        build.keep(order, issued, key);
    }

    @Override
    public void deliver(Order order, IssuedCertificate issued, @CheckForNull PrivateKey key)
            throws IOException, InterruptedException {
        build.deliver(order, issued, key);
    }

    @Override
    public boolean isInterrupted() {
        return build.isInterrupted();
    }
}
