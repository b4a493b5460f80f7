package io.jenkins.plugins.sslmanager.steps;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.sslmanager.forms.FormChoices;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What all steps ask for: which account, and with whose credentials. It is public, so that the Snippet Generator can read it. */
public abstract class SslManagerStep extends Step {

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

    public abstract static class SslManagerStepDescriptor extends StepDescriptor {

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }

        @POST
        public ListBoxModel doFillAccountItems(@AncestorInPath @CheckForNull Item item) {
            return FormChoices.accounts(item);
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath @CheckForNull Item item, @QueryParameter String credentialsId) {
            return FormChoices.credentials(item, credentialsId, StandardUsernamePasswordCredentials.class);
        }
    }
}
