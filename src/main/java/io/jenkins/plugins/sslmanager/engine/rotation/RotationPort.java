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

    /** The newest certificate that is kept with its key for this run; empty where none is. */
    default Optional<KeptCertificate> kept(IssuedCertificate current) throws IOException, InterruptedException {
        return Optional.empty();
    }

    /**
     * Hands over a certificate that is kept wherever it is missing, or an older one is.
     *
     * @param kept with the key of this chain's leaf
     */
    default void fill(IssuedCertificate kept, PrivateKey key) throws IOException, InterruptedException {}

    /** What is missing of a certificate that is not due, and that is not kept for this run. */
    default Lack lack(IssuedCertificate current) throws IOException, InterruptedException {
        return Lack.NOTHING;
    }

    /**
     * Whether a certificate that is due only since an older one is kept is not ordered: because another job here has its key, or
     * so many keys are wanted at a time that somebody has to confirm it. The port has told which.
     */
    default boolean isHeldBack(IssuedCertificate current) throws IOException, InterruptedException {
        return false;
    }

    /** What a run lacks of a certificate. */
    enum Lack {
        /** It has what it needs. */
        NOTHING,
        /** Its key is nowhere here, and that is no reason to order it. The port has told why. */
        KEY,
        /** Its key is nowhere here, for which it is ordered once. */
        KEY_TO_ORDER
    }

    /**
     * How many renewals may be ordered by this account in {@link RenewalCheck#PERIOD}; whoever may renew none fails here.
     *
     * @param current the certificate that is to be renewed
     */
    default int renewals(IssuedCertificate current) {
        return 0;
    }

    /** The order has been sent, which may be told again after a restart. */
    default void placed(Order order) {}

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
     * Keeps certificate and key for good, before they are handed over. May be called once more for the same order.
     *
     * @param key null where the CSR was brought along
     */
    default void keep(Order order, IssuedCertificate issued, @CheckForNull PrivateKey key) throws IOException {}

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
