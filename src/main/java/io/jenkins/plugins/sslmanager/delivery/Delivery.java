package io.jenkins.plugins.sslmanager.delivery;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
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

/** What a build gets of a certificate in its workspace and among its artifacts. */
public final class Delivery implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private final FileChoice files;
    private final boolean archive;
    private final boolean shortChain;

    /**
     * @param archive whether the public files become artifacts of the build
     * @param shortChain whether the shortest of the valid chains is taken, and not the longest
     */
    public Delivery(FileChoice files, boolean archive, boolean shortChain) {
        this.files = files;
        this.archive = archive;
        this.shortChain = shortChain;
    }

    /** With the certificate's name wherever the options say {@code {name}}. */
    public Delivery forCertificate(String certificateName) {
        return new Delivery(files.forCertificate(certificateName), archive, shortChain);
    }

    /** The pattern by which files are named; it can contain the certificate's name. */
    public String fileNames() {
        return files.fileNames();
    }

    /** Whether files of several certificates go apart. */
    public boolean hasNamesInPaths() {
        return files.hasNamesInPaths();
    }

    /** Whether a private key goes anywhere: into a key store. */
    public boolean takesKey() {
        return files.hasKeyStore();
    }

    /**
     * The certificate that is in use by now, as far as its file can be read.
     *
     * @param current the service's
     */
    public Optional<X509Certificate> inUse(StepContext context, IssuedCertificate current)
            throws IOException, InterruptedException {
        FilePath workspace = context.get(FilePath.class);
        return workspace == null
                ? Optional.empty()
                : files.prepare(context, null)
                        .leaf(workspace, current.data().name(), current.chain().leaf());
    }

    /** Whether all files of this very certificate are there. */
    public boolean isComplete(StepContext context, IssuedCertificate issued) throws IOException, InterruptedException {
        FilePath workspace = context.get(FilePath.class);
        return workspace == null
                || files.prepare(context, null)
                        .areThere(
                                workspace,
                                issued.data().name(),
                                ofWantedLength(issued).chain());
    }

    /** What {@link #deliver} has made of it in this workspace, for a build that does not know any more. */
    public Delivered deliveredBefore(StepContext context, IssuedCertificate issued)
            throws IOException, InterruptedException {
        FilePath workspace = context.get(FilePath.class);
        return workspace == null
                ? Delivered.NOTHING
                : new Delivered(
                        files.prepare(context, null)
                                .paths(
                                        workspace,
                                        issued.data().name(),
                                        ofWantedLength(issued).chain()),
                        Map.of(),
                        null);
    }

    private IssuedCertificate ofWantedLength(IssuedCertificate issued) {
        return shortChain ? issued.withChain(ChainLength.SHORTEST, Instant.now()) : issued;
    }

    /**
     * All that can be checked while there is no certificate yet.
     *
     * @throws IllegalArgumentException if an option asks for what there is not
     * @throws IOException the same
     */
    public void check(StepContext context) throws IOException, InterruptedException {
        FilePath workspace = context.get(FilePath.class);
        files.check(workspace);
        if (workspace == null && archive) {
            throw new IllegalArgumentException("'archive' needs a workspace. Put the step inside 'node'");
        }
    }

    /**
     * All that can be checked while the next certificate is not there yet.
     *
     * @param current stands for it
     * @throws IllegalArgumentException if an option asks for what there is not
     * @throws IOException the same
     */
    public void check(StepContext context, IssuedCertificate current) throws IOException, InterruptedException {
        check(context);
        FilePath workspace = context.get(FilePath.class);
        CertificateFiles prepared = files.prepare(context, null);
        if (workspace != null) {
            prepared.check(workspace, current.data().name(), current.chain().leaf());
        }
    }

    /**
     * Makes and checks all before it writes anything; then files and artifacts.
     *
     * @param key null where none is at hand
     */
    public Delivered deliver(
            StepContext context, IssuedCertificate given, @CheckForNull PrivateKey key, Consumer<String> log)
            throws IOException, InterruptedException {
        IssuedCertificate issued = ofWantedLength(given);
        CertificateFiles prepared = files.prepare(context, key);
        FilePath workspace = context.get(FilePath.class);
        WrittenFiles written = workspace == null
                ? null
                : prepared.write(workspace, issued.data().name(), issued.chain(), log);
        return new Delivered(
                written == null ? Map.of() : written.paths(),
                archive && written != null ? archive(context, written, log) : Map.of(),
                null);
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
     * @param credentialsId that builds find certificate and key by; null for none
     */
    public record Delivered(
            Map<String, String> files,
            Map<String, String> artifacts,
            @CheckForNull String credentialsId) {

        /** Nothing, since the certificate is left as it is. */
        public static final Delivered NOTHING = new Delivered(Map.of(), Map.of(), null);

        /** The same, where builds find certificate and key by this id; null for none. */
        public Delivered as(@CheckForNull String id) {
            return new Delivered(files, artifacts, id);
        }
    }
}
