package io.jenkins.plugins.sslmanager.engine.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import java.io.IOException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What a rotation asks of whoever runs it. Methods that throw IOException or InterruptedException may block. */
public interface RotationPort {

    /** A line for whoever watches. */
    void log(String line);

    /**
     * All that can be checked before there is a key, such as whether the outputs can be written.
     *
     * @param current the certificate as it is
     */
    void check(IssuedCertificate current) throws IOException, InterruptedException;

    /** Returns the certificate that is in use by now, as far as that can be told. */
    Optional<X509Certificate> inUse(IssuedCertificate current) throws IOException, InterruptedException;

    /** Tells which order this run has begun or goes on with, so that the run knows it again after a restart. */
    void follows(Order order);

    /**
     * Has what proves control of the domains be there before the order is sent. Called again for the same order after a
     * restart.
     *
     * @param order with its proof
     */
    CompletableFuture<Void> prove(Order order);

    /**
     * Hands over certificate and key. May be called once more for the same order if something fails after it.
     *
     * @param key null where the CSR was brought along
     */
    void deliver(Order order, IssuedCertificate issued, @CheckForNull PrivateKey key)
            throws IOException, InterruptedException;

    /** Tells whether this run is about to be taken up again by itself, so that it must not end anything. */
    boolean isInterrupted();
}
