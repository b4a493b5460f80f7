package io.jenkins.plugins.sslmanager.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import io.jenkins.plugins.sslmanager.delivery.WorkspaceFiles;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.PkiException;
import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Where a step finds its CSR. Once read it is kept as text, so that a restart does not depend on the workspace. */
final class CsrSource implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    @CheckForNull
    private final String pem;

    @CheckForNull
    private final String file;

    @CheckForNull
    private volatile String text;

    CsrSource(@CheckForNull String pem, @CheckForNull String file) {
        this.pem = pem;
        this.file = file;
    }

    boolean isGiven() {
        return pem != null || file != null;
    }

    /** @throws IllegalArgumentException if there is no CSR, or none that the service would take; the message says which */
    CertificateSigningRequest read(StepContext context) throws IOException, InterruptedException {
        if (pem != null && file != null) {
            throw new IllegalArgumentException("Both 'csr' and 'csrFile' are given. Leave one of them out");
        }
        if (pem == null && file == null) {
            throw new IllegalArgumentException(
                    "No CSR is given. Set 'csr' to its PEM, or 'csrFile' to a file of the workspace");
        }
        String known = text;
        if (known == null) {
            known = pem != null ? pem : WorkspaceFiles.read(context.get(FilePath.class), "csrFile", file);
        }
        try {
            CertificateSigningRequest csr = CertificateSigningRequest.parse(known);
            // It is kept only once it is known to be a CSR: a private key given by mistake must not lie in the build's
            // state.
            text = csr.toPem();
            return csr;
        } catch (PkiException e) {
            throw new IllegalArgumentException((pem != null ? "csr: " : "csrFile " + file + ": ") + e.getMessage(), e);
        }
    }
}
