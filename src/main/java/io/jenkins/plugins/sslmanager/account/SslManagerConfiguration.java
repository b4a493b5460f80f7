package io.jenkins.plugins.sslmanager.account;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.PersistentDescriptor;
import java.util.List;
import java.util.Optional;
import jenkins.model.GlobalConfiguration;
import jenkins.model.GlobalConfigurationCategory;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;

/** The accounts that builds can name, in the system configuration. */
@Extension
@Symbol("sslManager")
public final class SslManagerConfiguration extends GlobalConfiguration implements PersistentDescriptor {

    private List<SslManagerAccount> accounts = List.of();

    public static SslManagerConfiguration get() {
        return ExtensionList.lookupSingleton(SslManagerConfiguration.class);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.SslManagerConfiguration_displayName();
    }

    @NonNull
    @Override
    public GlobalConfigurationCategory getCategory() {
        return GlobalConfigurationCategory.get(GlobalConfigurationCategory.Unclassified.class);
    }

    public List<SslManagerAccount> getAccounts() {
        return accounts;
    }

    @DataBoundSetter
    public void setAccounts(@CheckForNull List<SslManagerAccount> accounts) {
        this.accounts = accounts == null ? List.of() : List.copyOf(accounts);
        save();
    }

    /**
     * The account of that name.
     *
     * @param name null for the only one there is
     * @throws IllegalArgumentException if there is no such account; the message names those that there are
     */
    SslManagerAccount account(@CheckForNull String name) {
        Optional<SslManagerAccount> found = name == null
                ? accounts.stream().filter(account -> accounts.size() == 1).findFirst()
                : accounts.stream()
                        .filter(account -> account.getName().equals(name))
                        .findFirst();
        return found.orElseThrow(() -> new IllegalArgumentException((name == null
                        ? "No account is named"
                        : "There is no SSL Manager account '" + name + "'")
                + (accounts.isEmpty()
                        ? ", and none is set up. An administrator adds it in Manage Jenkins » System » SSL Manager"
                        : ". Set 'account' to one of "
                                + accounts.stream()
                                        .map(account -> "'" + account.getName() + "'")
                                        .toList())));
    }
}
