package io.jenkins.plugins.sslmanager.steps;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.AutoCompletionCandidates;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.sslmanager.certificates.KnownCertificates;
import io.jenkins.plugins.sslmanager.delivery.WorkspaceFiles;
import io.jenkins.plugins.sslmanager.engine.async.Durations;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.rotation.CertificateReference;
import io.jenkins.plugins.sslmanager.engine.rotation.NewKey;
import io.jenkins.plugins.sslmanager.forms.FormCheck;
import io.jenkins.plugins.sslmanager.forms.FormChoices;
import io.jenkins.plugins.sslmanager.forms.ServiceIds;
import io.jenkins.plugins.sslmanager.orders.OfferedCertificates;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What all steps ask for: which account, and with whose credentials. It is public, so that the Snippet Generator can read it. */
public abstract class SslManagerStep extends Step {

    private static final List<String> TELLING = List.of(
            "certificate",
            "certificates",
            "matching",
            "commonName",
            "jobId",
            "csrFile",
            "storeAs",
            "keyFile",
            "account");

    @CheckForNull
    private String account;

    @CheckForNull
    private String credentialsId;

    /** Null means the only account that is set up. */
    @CheckForNull
    public final String getAccount() {
        return account;
    }

    @DataBoundSetter
    public final void setAccount(@CheckForNull String account) {
        this.account = Util.fixEmptyAndTrim(account);
    }

    /** Null means the account's own credentials. */
    @CheckForNull
    public final String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public final void setCredentialsId(@CheckForNull String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    public abstract static class SslManagerStepDescriptor extends StepDescriptor implements CustomDescribableModel {

        @NonNull
        @Override
        public Map<String, Object> customInstantiate(@NonNull Map<String, Object> arguments) {
            return ServiceIds.asText(arguments);
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }

        /** What tells one step from another in lists of a Pipeline's steps; nothing secret is among it. */
        @CheckForNull
        @Override
        public String argumentsToString(@NonNull Map<String, Object> namedArgs) {
            String told = TELLING.stream()
                    .map(namedArgs::get)
                    .filter(Objects::nonNull)
                    .map(Object::toString)
                    .collect(Collectors.joining(" "));
            return told.isEmpty() ? null : told;
        }

        @POST
        public FormValidation doCheckCertificate(@QueryParameter String value) {
            return KnownCertificates.check(value, CertificateReference::parse);
        }

        @POST
        public AutoCompletionCandidates doAutoCompleteCertificate(
                @AncestorInPath @CheckForNull Item item, @QueryParameter String value, @QueryParameter String account) {
            return OfferedCertificates.complete(item, account, value);
        }

        @POST
        public FormValidation doCheckNames(@QueryParameter String value) {
            return FormCheck.check(() -> NewKey.ofDefaultKind(value, null).check());
        }

        @POST
        public FormValidation doCheckRemoveNames(@QueryParameter String value) {
            return doCheckNames(value);
        }

        @POST
        public FormValidation doCheckSubject(@QueryParameter String value) {
            return FormCheck.check(() -> NewKey.ofDefaultKind(null, value).check());
        }

        @POST
        public FormValidation doCheckTimeout(@QueryParameter String value) {
            return FormCheck.unlessEmpty(value, Durations::parse);
        }

        @POST
        public FormValidation doCheckKeyFile(@QueryParameter String value) {
            return FormCheck.unlessEmpty(value, WorkspaceFiles::requirePath);
        }

        @POST
        public FormValidation doCheckDir(@QueryParameter String value) {
            return FormCheck.unlessEmpty(value, WorkspaceFiles::requirePath);
        }

        /** A CSR can be given as a text or as a file. */
        @POST
        public FormValidation doCheckCsrFile(@QueryParameter String value, @QueryParameter String csr) {
            if (Util.fixEmptyAndTrim(value) != null && Util.fixEmptyAndTrim(csr) != null) {
                return FormValidation.error(Messages.SslManagerStep_csrTwice());
            }
            return FormCheck.unlessEmpty(value, WorkspaceFiles::requirePath);
        }

        @POST
        public FormValidation doCheckCsr(@QueryParameter String value) {
            return FormCheck.unlessEmpty(value, CertificateSigningRequest::parse);
        }

        @POST
        public ListBoxModel doFillAccountItems(@AncestorInPath @CheckForNull Item item) {
            return FormChoices.accounts(item);
        }

        @POST
        public FormValidation doCheckAccount(@AncestorInPath @CheckForNull Item item, @QueryParameter String value) {
            return FormChoices.checkAccount(item, value);
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath @CheckForNull Item item, @QueryParameter String credentialsId) {
            return FormChoices.credentials(item, credentialsId, StandardUsernamePasswordCredentials.class);
        }
    }
}
