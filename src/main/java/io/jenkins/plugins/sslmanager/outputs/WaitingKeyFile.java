package io.jenkins.plugins.sslmanager.outputs;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.FilePath;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import io.jenkins.plugins.sslmanager.engine.pki.PkiException;
import java.io.IOException;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Optional;

/**
 * A new private key as a file beside the one that is in use: {@code key.pem.new}, and its CSR as {@code key.pem.new.csr}.
 *
 * @param workspace null where the build has none
 * @param keyFile the path of the key that is in use, in the workspace
 */
public record WaitingKeyFile(@CheckForNull FilePath workspace, String keyFile) implements KeyPlace {

    private static final String PARAMETER = "keyFile";

    @Override
    public void check() throws IOException, InterruptedException {
        WorkspaceFiles.find(requireWorkspace(), PARAMETER, keyPath());
    }

    private FilePath requireWorkspace() throws AbortException {
        if (workspace == null) {
            throw new AbortException(
                    "The new private key has no place: there is no workspace. Put the step inside 'node',"
                            + " or set 'storeAs' to the id of a credential that gets key and certificate");
        }
        return workspace;
    }

    @Override
    public Optional<WaitingKey> find() throws IOException, InterruptedException {
        Optional<WorkspaceFiles.Text> key = WorkspaceFiles.find(requireWorkspace(), PARAMETER, keyPath());
        Optional<WorkspaceFiles.Text> csr = WorkspaceFiles.find(requireWorkspace(), PARAMETER, csrPath());
        if (key.isEmpty() || csr.isEmpty()) {
            return Optional.empty();
        }
        try {
            KeyPair keys = new KeyPair(
                    CertificateSigningRequest.parse(csr.get().content()).publicKey(),
                    Pem.privateKey(key.get().content()));
            // A crash between the two leaves files of two keys, of which none has been ordered for.
            return KeyStores.isPair(keys.getPrivate(), keys.getPublic())
                    ? Optional.of(
                            new WaitingKey(keys, Instant.ofEpochMilli(key.get().modified())))
                    : Optional.empty();
        } catch (PkiException e) {
            throw new AbortException("keyFile: the key that an earlier build has left in " + keyPath()
                    + " cannot be used: " + e.getMessage() + ". Delete it to begin with a new one");
        }
    }

    @Override
    public boolean keep(KeyPair keys, CertificateSigningRequest csr) throws IOException, InterruptedException {
        boolean exposed = KeyFiles.write(requireWorkspace(), keyPath(), false, keys.getPrivate());
        KeyFiles.write(requireWorkspace(), csrPath(), csr);
        return exposed;
    }

    @Override
    public void clear() throws IOException, InterruptedException {
        WorkspaceFiles.delete(requireWorkspace(), PARAMETER, csrPath());
        WorkspaceFiles.delete(requireWorkspace(), PARAMETER, keyPath());
    }

    private String keyPath() {
        return keyFile + ".new";
    }

    private String csrPath() {
        return keyFile + ".new.csr";
    }

    @Override
    public String toString() {
        return keyPath();
    }
}
