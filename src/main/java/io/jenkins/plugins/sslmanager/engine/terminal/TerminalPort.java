package io.jenkins.plugins.sslmanager.engine.terminal;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.ChainLength;
import io.jenkins.plugins.sslmanager.engine.rotation.IssuedCertificate;
import io.jenkins.plugins.sslmanager.engine.rotation.PaidTerm;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationPort;
import java.io.IOException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What a rotation asks of a terminal: lines on the screen, and a folder for the files. */
final class TerminalPort implements RotationPort {

    private final CertificateFolder folder;

    @CheckForNull
    private final CertificateSigningRequest csr;

    private final ChainLength chain;
    private final InstantSource clock;
    private final Consumer<String> log;
    private final Consumer<String> follows;

    /**
     * @param csr one that was brought along; null for a new key
     * @param chain which of the valid chains is written
     * @param follows told the id of the order that the run works on
     */
    TerminalPort(
            CertificateFolder folder,
            @CheckForNull CertificateSigningRequest csr,
            ChainLength chain,
            InstantSource clock,
            Consumer<String> log,
            Consumer<String> follows) {
        this.folder = folder;
        this.csr = csr;
        this.chain = chain;
        this.clock = clock;
        this.log = log;
        this.follows = follows;
    }

    @Override
    public void log(String line) {
        log.accept(line);
    }

    @Override
    public void check(IssuedCertificate current) {
        Certificate data = current.data();
        log("Certificate " + data.id() + " is " + data.name() + ", a " + data.product() + " until " + data.expire());
        PaidTerm.of(data.payable())
                .filter(term -> term.endsWithin(PaidTerm.USUAL_NOTICE, clock.instant()))
                .ifPresent(term -> log(term.told(clock.instant())));
        if (csr == null) {
            folder.requireRoomForNewKey(requireName(data));
        } else {
            folder.requireNoKeyBut(csr.publicKey());
        }
    }

    /** @throws InputException if the certificate has none */
    static String requireName(Certificate data) {
        if (data.name() == null) {
            throw new InputException("Certificate " + data.id()
                    + " has no name at the service, so that nothing can be ordered for it. Give the ID of another"
                    + " certificate.");
        }
        return data.name();
    }

    @Override
    public Optional<X509Certificate> inUse(IssuedCertificate current) {
        return folder.leafOf(requireName(current.data()));
    }

    @Override
    public void follows(Order order) {
        follows.accept(order.id());
    }

    /** Whoever is at the terminal is told what proves control, and the service looks for it until the job ends. */
    @Override
    public CompletableFuture<Void> prove(Order order) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void deliver(Order order, IssuedCertificate issued, @CheckForNull PrivateKey key) throws IOException {
        log("Writing the files of " + order.certificateName());
        folder.complete(issued.withChain(chain, clock.instant()).chain(), key, log);
    }

    /** A terminal run is not taken up by itself. */
    @Override
    public boolean isInterrupted() {
        return false;
    }
}
