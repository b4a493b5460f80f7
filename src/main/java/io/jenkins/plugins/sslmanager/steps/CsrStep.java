package io.jenkins.plugins.sslmanager.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import org.kohsuke.stapler.DataBoundSetter;

/** A step that takes a CSR, as text or as a file of the workspace. It is public, so that the Snippet Generator can read it. */
public abstract class CsrStep extends SslManagerStep {

    @CheckForNull
    private String csr;

    @CheckForNull
    private String csrFile;

    /** Returns the CSR in PEM. Only one of this and the file may be given. */
    @CheckForNull
    public final String getCsr() {
        return csr;
    }

    @DataBoundSetter
    public final void setCsr(@CheckForNull String csr) {
        this.csr = Util.fixEmptyAndTrim(csr);
    }

    /** The CSR is in the file with this path in the workspace. */
    @CheckForNull
    public final String getCsrFile() {
        return csrFile;
    }

    @DataBoundSetter
    public final void setCsrFile(@CheckForNull String csrFile) {
        this.csrFile = Util.fixEmptyAndTrim(csrFile);
    }
}
