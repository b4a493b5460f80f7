package io.jenkins.plugins.sslmanager.outputs;

import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import java.io.IOException;
import java.security.KeyPair;
import java.util.Optional;

/** Where a new private key waits until its certificate is there. Its {@code toString} is for messages. */
public interface KeyPlace {

    /**
     * @throws IOException with a message for the user if the build may not keep a key there
     */
    void check() throws IOException, InterruptedException;

    /** The key that waits there. */
    Optional<WaitingKey> find() throws IOException, InterruptedException;

    /**
     * Keeps a key from now on, in the place of one that was there.
     *
     * @return whether others on the agent may be able to read it, as on a file system without permissions
     */
    boolean keep(KeyPair keys, CertificateSigningRequest csr) throws IOException, InterruptedException;

    /** Once the key has its certificate. */
    void clear() throws IOException, InterruptedException;
}
