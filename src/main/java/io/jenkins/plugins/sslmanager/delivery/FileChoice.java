package io.jenkins.plugins.sslmanager.delivery;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Run;
import hudson.util.Secret;
import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.security.PrivateKey;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Which files a step writes of a certificate: names and ids alone, since it lies in the build's state. */
public final class FileChoice implements Serializable {

    public static final String USUAL_FORMATS = "leaf, chain, fullchain, root";

    @Serial
    private static final long serialVersionUID = 1L;

    private final String formats;
    private final String fileNames;
    private final boolean keepPrevious;

    @CheckForNull
    private final String dir;

    @CheckForNull
    private final String passwordCredentialsId;

    private final boolean olderEncryption;

    /**
     * @param formats labels of {@link OutputFormat}, separated by commas or white space
     * @param fileNames a pattern of {@code {file}}, {@code {name}} and {@code {serial}}
     * @param keepPrevious whether files that are there stay, as {@code name.previous}
     * @param dir the folder for the files, a path in the workspace; null for the current one
     * @param passwordCredentialsId of a secret text, the password of key stores; null for none
     * @param olderEncryption whether PKCS#12 files are for programs that do not know today's encryption
     */
    public FileChoice(
            String formats,
            String fileNames,
            boolean keepPrevious,
            @CheckForNull String dir,
            @CheckForNull String passwordCredentialsId,
            boolean olderEncryption) {
        this.formats = formats;
        this.fileNames = fileNames;
        this.keepPrevious = keepPrevious;
        this.dir = dir;
        this.passwordCredentialsId = passwordCredentialsId;
        this.olderEncryption = olderEncryption;
    }

    String fileNames() {
        return fileNames;
    }

    boolean hasNamesInPaths() {
        return (fileNames + dir).contains(NamePattern.NAME);
    }

    /** @throws IllegalArgumentException if a format is unknown */
    boolean hasKeyStore() {
        try {
            return OutputFormat.parse(formats).stream().anyMatch(OutputFormat::hasKey);
        } catch (AbortException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** With the certificate's name in the folder, where it says {@code {name}}. */
    FileChoice forCertificate(String certificateName) {
        return new FileChoice(
                formats,
                fileNames,
                keepPrevious,
                NamePattern.fillIfGiven(dir, certificateName),
                passwordCredentialsId,
                olderEncryption);
    }

    /** @throws IOException with a message for the user if an option asks for what there is not */
    void check(@CheckForNull FilePath workspace) throws IOException {
        OutputFormat.parse(formats);
        if (workspace == null && (dir != null || !formats.equals(USUAL_FORMATS))) {
            throw new IllegalArgumentException(
                    "'" + (dir != null ? "dir" : "formats") + "' needs a workspace. Put the step inside 'node'");
        }
    }

    /** @param key null where none is at hand */
    CertificateFiles prepare(StepContext context, @CheckForNull PrivateKey key)
            throws IOException, InterruptedException {
        return new CertificateFiles(
                OutputFormat.parse(formats),
                dir == null ? "" : dir,
                fileNames,
                keepPrevious,
                key,
                password(context),
                olderEncryption);
    }

    @CheckForNull
    private Secret password(StepContext context) throws IOException, InterruptedException {
        if (passwordCredentialsId == null) {
            return null;
        }
        Run<?, ?> build = context.get(Run.class);
        StringCredentials password = CredentialsProvider.findCredentialById(
                passwordCredentialsId, StringCredentials.class, build, List.of());
        if (password == null) {
            throw new IllegalArgumentException("There are no credentials '" + passwordCredentialsId
                    + "' of the kind 'Secret text' that this build may use. Check 'passwordCredentialsId' and the folder it is"
                    + " in");
        }
        CredentialsProvider.track(build, password);
        return password.getSecret();
    }
}
