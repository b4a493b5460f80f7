package io.jenkins.plugins.sslmanager.steps;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import hudson.model.Run;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import io.jenkins.plugins.sslmanager.engine.pki.PkiException;
import io.jenkins.plugins.sslmanager.outputs.WorkspaceFiles;
import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.security.PrivateKey;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Where a step finds a private key: names alone, since it lies in the build's state. */
final class KeySource implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    @CheckForNull
    private final String file;

    @CheckForNull
    private final String credentialsId;

    KeySource(@CheckForNull String file, @CheckForNull String credentialsId) {
        this.file = file;
        this.credentialsId = credentialsId;
    }

    /** @throws IllegalArgumentException if two are given */
    void check() {
        if (file != null && credentialsId != null) {
            throw new IllegalArgumentException(
                    "Both 'keyFile' and 'keyCredentialsId' are given. Leave one of them out");
        }
    }

    boolean isGiven() {
        return file != null || credentialsId != null;
    }

    /** Null if none is given. */
    @CheckForNull
    PrivateKey read(StepContext context) throws IOException, InterruptedException {
        try {
            if (file != null) {
                return Pem.privateKey(WorkspaceFiles.read(context.get(FilePath.class), "keyFile", file));
            }
            return credentialsId == null ? null : ofCredential(credentialsId, context.get(Run.class));
        } catch (PkiException e) {
            throw new IllegalArgumentException(
                    (file != null ? "keyFile " + file : "keyCredentialsId " + credentialsId) + ": " + e.getMessage(),
                    e);
        }
    }

    private static PrivateKey ofCredential(String credentialsId, Run<?, ?> build) {
        StandardCertificateCredentials credential = CredentialsProvider.findCredentialById(
                credentialsId, StandardCertificateCredentials.class, build, List.of());
        if (credential == null) {
            throw new IllegalArgumentException(
                    "There are no credentials '" + credentialsId
                            + "' of the kind 'Certificate' that this build may use. Check 'keyCredentialsId' and the folder it is in");
        }
        CredentialsProvider.track(build, credential);
        return KeyStores.entry(
                        credential.getKeyStore(),
                        credential.getPassword().getPlainText().toCharArray())
                .key();
    }
}
