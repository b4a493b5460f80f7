package io.jenkins.plugins.sslmanager.forms;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.sslmanager.account.SslManagerAccount;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.account.UsableAccounts;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import java.util.List;
import jenkins.model.Jenkins;

/** The drop-down lists of jobs' forms. Names of accounts and credentials are for those alone who configure builds with them. */
public final class FormChoices {

    private FormChoices() {}

    /** @param item the job whose form it is; null for a form outside of jobs, such as the Snippet Generator's */
    public static boolean mayConfigure(@CheckForNull Item item) {
        return item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
    }

    /** Administrators see all accounts; others those that this item may use. */
    private static List<String> accountNames(@CheckForNull Item item) {
        return item == null || Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                ? SslManagerConfiguration.get().getAccounts().stream()
                        .map(SslManagerAccount::getName)
                        .toList()
                : UsableAccounts.of(item);
    }

    /** Where there are several, nothing is chosen before somebody chooses. */
    public static ListBoxModel accounts(@CheckForNull Item item) {
        ListBoxModel items = new ListBoxModel();
        if (mayConfigure(item)) {
            List<String> names = accountNames(item);
            items.add(names.size() < 2 ? Messages.FormChoices_onlyAccount() : Messages.FormChoices_noAccount(), "");
            names.forEach(items::add);
        }
        return items;
    }

    /** A build can do without the name of an account where it can use one only. */
    public static FormValidation checkAccount(@CheckForNull Item item, @CheckForNull String name) {
        return Util.fixEmpty(name) == null
                        && mayConfigure(item)
                        && accountNames(item).size() > 1
                ? FormValidation.error(Messages.FormChoices_accountMissing())
                : FormValidation.ok();
    }

    /** What a build of this item may use; for those who may not configure it, what is chosen already. */
    public static ListBoxModel credentials(
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

    public static ListBoxModel keyAlgorithms() {
        ListBoxModel items = new ListBoxModel();
        for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
            items.add(algorithm.name());
        }
        return items;
    }
}
