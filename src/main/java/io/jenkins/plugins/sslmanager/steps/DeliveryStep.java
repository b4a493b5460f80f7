package io.jenkins.plugins.sslmanager.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.sslmanager.delivery.CertificateFiles;
import io.jenkins.plugins.sslmanager.delivery.CredentialChoice;
import io.jenkins.plugins.sslmanager.delivery.CredentialStores;
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
 * A step that hands a certificate on: to files of the workspace, a store of credentials, and the build's artifacts. It is
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

    @CheckForNull
    private String storeIn;

    @CheckForNull
    private String storeDomain;

    private boolean keepPreviousCredential;
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

    /** Certificate and key go to the credential with this id. Null stores none. */
    @CheckForNull
    public final String getStoreAs() {
        return storeAs;
    }

    @DataBoundSetter
    public final void setStoreAs(@CheckForNull String storeAs) {
        this.storeAs = Util.fixEmptyAndTrim(storeAs);
    }

    /** The full name of a folder around the job, or {@link CredentialStores#ROOT}; null for the nearest store. */
    @CheckForNull
    public final String getStoreIn() {
        return storeIn;
    }

    @DataBoundSetter
    public final void setStoreIn(@CheckForNull String storeIn) {
        this.storeIn = Util.fixEmptyAndTrim(storeIn);
    }

    /** The name of a domain of that store; null for the global one. */
    @CheckForNull
    public final String getStoreDomain() {
        return storeDomain;
    }

    @DataBoundSetter
    public final void setStoreDomain(@CheckForNull String storeDomain) {
        this.storeDomain = Util.fixEmptyAndTrim(storeDomain);
    }

    public final boolean isKeepPreviousCredential() {
        return keepPreviousCredential;
    }

    @DataBoundSetter
    public final void setKeepPreviousCredential(boolean keepPreviousCredential) {
        this.keepPreviousCredential = keepPreviousCredential;
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
                new CredentialChoice(storeAs, storeIn, storeDomain, keepPreviousCredential),
                archive,
                shortChain);
    }

    public abstract static class DeliveryStepDescriptor extends SslManagerStepDescriptor {

        public static final String defaultFormats = FileChoice.USUAL_FORMATS;
        public static final String defaultFileNames = CertificateFiles.USUAL_NAMES;
        public static final String defaultDue = DueRule.DEFAULT;

        @POST
        public FormValidation doCheckStoreAs(@QueryParameter String value) {
            return FormCheck.check(() -> CredentialChoice.requireId(Util.fixEmptyAndTrim(value)));
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

        @POST
        public ListBoxModel doFillStoreInItems(
                @AncestorInPath @CheckForNull Item item, @QueryParameter String storeIn) {
            ListBoxModel items = new ListBoxModel();
            items.add(Messages.DeliveryStep_nearestStore(), "");
            if (FormChoices.mayConfigure(item)) {
                CredentialStores.around(item).keySet().forEach(items::add);
            }
            if (items.stream().noneMatch(option -> option.value.equals(Util.fixNull(storeIn)))) {
                items.add(storeIn);
            }
            return items;
        }
    }
}
