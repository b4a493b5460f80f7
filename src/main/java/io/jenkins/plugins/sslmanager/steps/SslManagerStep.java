package io.jenkins.plugins.sslmanager.steps;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.sslmanager.account.SslManagerAccount;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.delivery.CredentialStores;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import java.util.List;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What all steps ask for: which account, and with whose credentials. Public, so that the Snippet Generator can read it. */
public abstract class SslManagerStep extends Step {

    @CheckForNull
    private String account;

    @CheckForNull
    private String credentialsId;

    /** Null for the only account that is set up. */
    @CheckForNull
    public final String getAccount() {
        return account;
    }

    @DataBoundSetter
    public final void setAccount(@CheckForNull String account) {
        this.account = Util.fixEmptyAndTrim(account);
    }

    /** Null for the account's own. */
    @CheckForNull
    public final String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public final void setCredentialsId(@CheckForNull String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** The accounts, for whoever may configure this item. */
    public static ListBoxModel accountItems(@CheckForNull Item item) {
        ListBoxModel items = new ListBoxModel();
        if (SslManagerStepDescriptor.mayConfigure(item)) {
            items.add(Messages.SslManagerStep_onlyAccount(), "");
            for (SslManagerAccount account : SslManagerConfiguration.get().getAccounts()) {
                items.add(account.getName());
            }
        }
        return items;
    }

    public abstract static class SslManagerStepDescriptor extends StepDescriptor {

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }

        @POST
        public ListBoxModel doFillAccountItems(@AncestorInPath @CheckForNull Item item) {
            return accountItems(item);
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath @CheckForNull Item item, @QueryParameter String credentialsId) {
            return credentialsItems(item, credentialsId, StandardUsernamePasswordCredentials.class);
        }

        @POST
        public ListBoxModel doFillStoreInItems(
                @AncestorInPath @CheckForNull Item item, @QueryParameter String storeIn) {
            ListBoxModel items = new ListBoxModel();
            items.add(Messages.SslManagerStep_nearestStore(), "");
            if (mayConfigure(item)) {
                CredentialStores.around(item).keySet().forEach(items::add);
            }
            if (items.stream().noneMatch(option -> option.value.equals(Util.fixNull(storeIn)))) {
                items.add(storeIn);
            }
            return items;
        }

        @POST
        public ListBoxModel doFillKeyAlgorithmItems() {
            ListBoxModel items = new ListBoxModel();
            for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
                items.add(algorithm.name());
            }
            return items;
        }

        /** What a build of this item may use, for whoever may configure it; for anybody else what is chosen already. */
        static ListBoxModel credentialsItems(
                @CheckForNull Item item, String current, Class<? extends StandardCredentials> type) {
            StandardListBoxModel items = new StandardListBoxModel();
            if (!mayConfigure(item)) {
                return items.includeCurrentValue(current);
            }
            return items.includeEmptyValue()
                    .includeMatchingAs(
                            item instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2,
                            item,
                            type,
                            List.of(),
                            CredentialsMatchers.always())
                    .includeCurrentValue(current);
        }

        /** Names of accounts and credentials are for those alone who configure builds with them. */
        static boolean mayConfigure(@CheckForNull Item item) {
            return item == null
                    ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                    : item.hasPermission(Item.EXTENDED_READ)
                            || item.hasPermission(com.cloudbees.plugins.credentials.CredentialsProvider.USE_ITEM);
        }
    }
}
