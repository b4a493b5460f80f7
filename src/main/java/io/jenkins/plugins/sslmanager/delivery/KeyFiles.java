package io.jenkins.plugins.sslmanager.delivery;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.FilePath;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import io.jenkins.plugins.sslmanager.engine.pki.PkiException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A new private key and its CSR as files of a workspace. */
public final class KeyFiles {

    private KeyFiles() {}

    /**
     * All that can be checked before there is a key.
     *
     * @param workspace null where the build has none
     * @throws IOException with a message for the user if the file could not be written later
     */
    public static void check(@CheckForNull FilePath workspace, String keyFile)
            throws IOException, InterruptedException {
        if (workspace == null) {
            throw new AbortException(
                    "The new private key has no place: there is no workspace. Put the step inside 'node',"
                            + " or set 'storeAs' instead of 'keyFile'");
        }
        WorkspaceFiles.find(workspace, "keyFile", keyFile);
    }

    /** Whether the file is there and holds the key of this certificate. */
    public static boolean isKeyOf(FilePath workspace, String keyFile, X509Certificate certificate)
            throws IOException, InterruptedException {
        Optional<WorkspaceFiles.Text> file = WorkspaceFiles.find(workspace, "keyFile", keyFile);
        try {
            return file.isPresent()
                    && KeyStores.isPair(Pem.privateKey(file.get().content()), certificate.getPublicKey());
        } catch (PkiException e) {
            return false;
        }
    }

    /**
     * Writes a key with the permissions 0600 from its first moment on.
     *
     * @param keepPrevious whether a key that is there is kept as {@code name.previous}, since a certificate may be in use with
     *     it
     * @param log is warned if others on the agent may be able to read the key, as on a file system without permissions
     */
    public static void write(
            FilePath workspace, String keyFile, boolean keepPrevious, PrivateKey key, Consumer<String> log)
            throws IOException, InterruptedException {
        FilePlace place = FilePlace.of(workspace, "keyFile", keyFile);
        OutputFile file = OutputFile.secret(name(keyFile), Pem.encode(key).getBytes(StandardCharsets.US_ASCII));
        boolean exposed = WorkspaceFiles.write(workspace, "keyFile", folder(keyFile), keepPrevious, List.of(file));
        log.accept("Wrote " + keyFile);
        if (exposed) {
            log.accept("Warning: the file system of the agent has no permissions, so others on it may read " + keyFile);
        }
        warnOfWebPages(place, "keyFile", keyFile, log);
    }

    /** Tells who can download what holds a private key, if it lies where Jenkins' pages lead. */
    static void warnOfWebPages(FilePlace place, String parameter, String file, Consumer<String> log) {
        if (!place.temporary()) {
            log.accept("Warning: " + file + " holds a private key and lies in the workspace. Whoever has the permission"
                    + " Item/Workspace on this job can download it there; depending on the authorization, Overall/Read"
                    + " implies that, also for anonymous visitors. Begin '" + parameter
                    + "' with $WORKSPACE_TMP to keep it away from Jenkins' pages");
        }
    }

    /** Writes a CSR, and replaces one that is there. */
    public static void write(FilePath workspace, String csrFile, CertificateSigningRequest csr)
            throws IOException, InterruptedException {
        WorkspaceFiles.write(
                workspace, "csrFile", folder(csrFile), false, List.of(OutputFile.pem(name(csrFile), csr.toPem())));
    }

    private static String folder(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash + 1);
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
