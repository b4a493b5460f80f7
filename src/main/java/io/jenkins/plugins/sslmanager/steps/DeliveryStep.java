package io.jenkins.plugins.sslmanager.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.sslmanager.credentials.CredentialId;
import io.jenkins.plugins.sslmanager.delivery.CertificateFiles;
import io.jenkins.plugins.sslmanager.delivery.Delivery;
import io.jenkins.plugins.sslmanager.delivery.FileChoice;
import io.jenkins.plugins.sslmanager.delivery.OutputFormat;
import io.jenkins.plugins.sslmanager.engine.rotation.DueRule;
import io.jenkins.plugins.sslmanager.forms.FormCheck;
import io.jenkins.plugins.sslmanager.forms.FormChoices;
import java.util.Objects;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * A step that hands a certificate on: to files of the workspace, the vault, and the build's artifacts. It is
 * public, so that the Snippet Generator can read it.
 */
public abstract class DeliveryStep extends SslManagerStep {

    @CheckForNull
    private String dir;

    private String formats = FileChoice.USUAL_FORMATS;
    private String fileNames = CertificateFiles.USUAL_NAMES;
    private boolean keepPrevious;

    @CheckForNull
    private String passwordCredentialsId;

    @CheckForNull
    private String storeAs;

    private boolean archive;
    private boolean olderEncryption;
    private boolean shortChain;

    @CheckForNull
    private String keyFile;

    private String due = DueRule.DEFAULT;

    /** The folder for the files, a path in the workspace; null for the current one. */
    @CheckForNull
    public final String getDir() {
        return dir;
    }

    @DataBoundSetter
    public final void setDir(@CheckForNull String dir) {
        this.dir = Util.fixEmptyAndTrim(dir);
    }

    /** Holds labels of {@link OutputFormat}, separated by commas. */
    public final String getFormats() {
        return formats;
    }

    @DataBoundSetter
    public final void setFormats(@CheckForNull String formats) {
        this.formats = Objects.requireNonNullElse(Util.fixEmptyAndTrim(formats), FileChoice.USUAL_FORMATS);
    }

    /** The pattern can hold {@code {file}}, {@code {name}} and {@code {serial}}. */
    public final String getFileNames() {
        return fileNames;
    }

    @DataBoundSetter
    public final void setFileNames(@CheckForNull String fileNames) {
        this.fileNames = Objects.requireNonNullElse(Util.fixEmptyAndTrim(fileNames), CertificateFiles.USUAL_NAMES);
    }

    /** Says whether files that are there stay, as {@code name.previous}. */
    public final boolean isKeepPrevious() {
        return keepPrevious;
    }

    @DataBoundSetter
    public final void setKeepPrevious(boolean keepPrevious) {
        this.keepPrevious = keepPrevious;
    }

    /** Names a secret text, which is the password of key stores. */
    @CheckForNull
    public final String getPasswordCredentialsId() {
        return passwordCredentialsId;
    }

    @DataBoundSetter
    public final void setPasswordCredentialsId(@CheckForNull String passwordCredentialsId) {
        this.passwordCredentialsId = Util.fixEmptyAndTrim(passwordCredentialsId);
    }

    /** Builds find certificate and key by this id, in the vault. Null shows them none. */
    @CheckForNull
    public final String getStoreAs() {
        return storeAs;
    }

    @DataBoundSetter
    public final void setStoreAs(@CheckForNull String storeAs) {
        this.storeAs = Util.fixEmptyAndTrim(storeAs);
    }

    /** Says whether the public files become artifacts of the build. */
    public final boolean isArchive() {
        return archive;
    }

    @DataBoundSetter
    public final void setArchive(boolean archive) {
        this.archive = archive;
    }

    /** Says whether PKCS#12 files are for programs that do not know today's encryption. */
    public final boolean isOlderEncryption() {
        return olderEncryption;
    }

    @DataBoundSetter
    public final void setOlderEncryption(boolean olderEncryption) {
        this.olderEncryption = olderEncryption;
    }

    /** Says whether the shortest of the valid chains is taken, and not the longest. */
    public final boolean isShortChain() {
        return shortChain;
    }

    @DataBoundSetter
    public final void setShortChain(boolean shortChain) {
        this.shortChain = shortChain;
    }

    /** The certificate's private key has this path in the workspace. What null means is up to the step. */
    @CheckForNull
    public final String getKeyFile() {
        return keyFile;
    }

    @DataBoundSetter
    public final void setKeyFile(@CheckForNull String keyFile) {
        this.keyFile = Util.fixEmptyAndTrim(keyFile);
    }

    /** Says when the certificate is due: {@code 33%} of its lifetime left, or {@code 30d} before its end. */
    public final String getDue() {
        return due;
    }

    @DataBoundSetter
    public final void setDue(@CheckForNull String due) {
        this.due = Objects.requireNonNullElse(Util.fixEmptyAndTrim(due), DueRule.DEFAULT);
    }

    /** Returns what an execution keeps of these parameters. The key's file and the due rule it keeps by itself. */
    public final Delivery delivery() {
        return new Delivery(
                new FileChoice(formats, fileNames, keepPrevious, dir, passwordCredentialsId, olderEncryption),
                archive,
                shortChain);
    }

    public abstract static class DeliveryStepDescriptor extends SslManagerStepDescriptor {

        public static final String defaultFormats = FileChoice.USUAL_FORMATS;
        public static final String defaultFileNames = CertificateFiles.USUAL_NAMES;
        public static final String defaultDue = DueRule.DEFAULT;

        @POST
        public FormValidation doCheckStoreAs(@QueryParameter String value) {
            return FormCheck.check(() -> CredentialId.require(Util.fixEmptyAndTrim(value)));
        }

        @POST
        public FormValidation doCheckFileNames(@QueryParameter String value) {
            String pattern = Util.fixEmptyAndTrim(value);
            return pattern == null || pattern.contains(CertificateFiles.USUAL_NAMES)
                    ? FormValidation.ok()
                    : FormValidation.error(Messages.DeliveryStep_fileNamesLackFile());
        }

        @POST
        public FormValidation doCheckFormats(@QueryParameter String value) {
            return FormCheck.check(() -> OutputFormat.parse(
                    Objects.requireNonNullElse(Util.fixEmptyAndTrim(value), FileChoice.USUAL_FORMATS)));
        }

        @POST
        public FormValidation doCheckDue(@QueryParameter String value) {
            return FormCheck.check(
                    () -> DueRule.parse(Objects.requireNonNullElse(Util.fixEmptyAndTrim(value), DueRule.DEFAULT)));
        }

        @POST
        public ListBoxModel doFillPasswordCredentialsIdItems(
                @AncestorInPath @CheckForNull Item item, @QueryParameter String passwordCredentialsId) {
            return FormChoices.credentials(item, passwordCredentialsId, StringCredentials.class);
        }
    }
}
