package io.jenkins.plugins.sslmanager.delivery;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.Secret;
import io.jenkins.plugins.sslmanager.engine.pki.ChainLength;
import io.jenkins.plugins.sslmanager.engine.rotation.IssuedCertificate;
import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What a build gets of a certificate: files in its workspace, a credential, artifacts. */
public final class Delivery implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private final FileChoice files;
    private final CredentialChoice credential;
    private final boolean archive;
    private final boolean shortChain;

    /**
     * @param archive whether the public files become artifacts of the build
     * @param shortChain whether the shortest of the valid chains is taken, and not the longest
     */
    public Delivery(FileChoice files, CredentialChoice credential, boolean archive, boolean shortChain) {
        this.files = files;
        this.credential = credential;
        this.archive = archive;
        this.shortChain = shortChain;
    }

    /** With the certificate's name wherever the options say {@code {name}}. */
    public Delivery forCertificate(String certificateName) {
        return new Delivery(
                files.forCertificate(certificateName), credential.forCertificate(certificateName), archive, shortChain);
    }

    /** The pattern by which files are named; it can contain the certificate's name. */
    public String fileNames() {
        return files.fileNames();
    }

    /** Whether files of several certificates go apart. */
    public boolean hasNamesInPaths() {
        return files.hasNamesInPaths();
    }

    /** Whether a private key goes anywhere: into a credential or a key store. */
    public boolean takesKey() {
        return credential.isGiven() || files.hasKeyStore();
    }

    /**
     * The certificate that is in use by now, as far as it can be read: the credential, or else the file.
     *
     * @param current the service's
     */
    public Optional<X509Certificate> inUse(StepContext context, IssuedCertificate current)
            throws IOException, InterruptedException {
        Optional<CertificateCredential> wanted = credential.wanted(context);
        if (wanted.isPresent()) {
            return wanted.get().leaf();
        }
        FilePath workspace = context.get(FilePath.class);
        return workspace == null
                ? Optional.empty()
                : files.prepare(context, null)
                        .leaf(workspace, current.data().name(), current.chain().leaf());
    }

    /**
     * All that can be checked while there is no certificate yet.
     *
     * @param hasKey whether there is a private key for key stores and credentials
     * @throws IllegalArgumentException if an option asks for what there is not
     * @throws IOException the same
     */
    public void check(StepContext context, boolean hasKey) throws IOException, InterruptedException {
        FilePath workspace = context.get(FilePath.class);
        files.check(workspace);
        if (workspace == null && archive) {
            throw new IllegalArgumentException(
                    "'archive' is given, but there is no workspace with files. Put the step inside 'node'");
        }
        credential.check(context, hasKey);
    }

    /**
     * All that can be checked while the next certificate is not there yet.
     *
     * @param current stands for it
     * @throws IllegalArgumentException if an option asks for what there is not
     * @throws IOException the same
     */
    public void check(StepContext context, IssuedCertificate current) throws IOException, InterruptedException {
        check(context, true);
        FilePath workspace = context.get(FilePath.class);
        CertificateFiles prepared = files.prepare(context, null);
        Secret password = prepared.password();
        if (credential.isGiven() && password != null) {
            CertificateFiles.requireUsable(password.getPlainText().toCharArray());
        }
        if (workspace != null) {
            prepared.check(workspace, current.data().name(), current.chain().leaf());
        }
    }

    /**
     * Makes and checks all before it writes anything; then files, the credential, and the artifacts.
     *
     * @param key null where none is at hand
     */
    public Delivered deliver(
            StepContext context, IssuedCertificate given, @CheckForNull PrivateKey key, Consumer<String> log)
            throws IOException, InterruptedException {
        IssuedCertificate issued = shortChain ? given.withChain(ChainLength.SHORTEST, Instant.now()) : given;
        CertificateFiles prepared = files.prepare(context, key);
        Optional<CertificateCredential> wanted = credential.wanted(context);
        Optional<CertificateCredential.Change> change = wanted.isPresent() && key != null
                ? Optional.of(wanted.get().prepare(issued, key, prepared.password()))
                : Optional.empty();
        FilePath workspace = context.get(FilePath.class);
        WrittenFiles written = workspace == null
                ? null
                : prepared.write(workspace, issued.data().name(), issued.chain(), log);
        Map<String, String> paths = written == null ? Map.of() : written.paths();
        if (change.isPresent()) {
            log.accept(change.get().store(paths.values()));
        }
        return new Delivered(
                paths,
                archive && written != null ? archive(context, written, log) : Map.of(),
                wanted.map(CertificateCredential::id).orElse(null));
    }

    private static Map<String, String> archive(StepContext context, WrittenFiles written, Consumer<String> log)
            throws IOException, InterruptedException {
        Map<String, String> artifacts = CertificateArtifacts.archive(
                context.get(Run.class), written, context.get(Launcher.class), context.get(TaskListener.class));
        if (artifacts.size() < written.paths().size()) {
            log.accept("Key stores are never archived, since they hold the private key");
        }
        return artifacts;
    }

    /**
     * What was done.
     *
     * @param files paths in the workspace, by the label of their format
     * @param artifacts paths among the build's artifacts, by the label of their format
     * @param credentialsId null if none was stored
     */
    public record Delivered(
            Map<String, String> files,
            Map<String, String> artifacts,
            @CheckForNull String credentialsId) {

        /** Nothing, since the certificate is left as it is. */
        public static final Delivered NOTHING = new Delivered(Map.of(), Map.of(), null);
    }
}
