package io.jenkins.plugins.sslmanager.account;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.PersistentDescriptor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jenkins.model.GlobalConfiguration;
import jenkins.model.GlobalConfigurationCategory;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** The accounts that builds can name, in the system configuration. */
@Extension
@Symbol("sslManager")
public final class SslManagerConfiguration extends GlobalConfiguration implements PersistentDescriptor {

    private volatile List<SslManagerAccount> accounts = new ArrayList<>();

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
        return Collections.unmodifiableList(accounts);
    }

    /** @throws IllegalArgumentException if an account lacks its name or service, or two have the same name */
    @DataBoundSetter
    public void setAccounts(@CheckForNull List<SslManagerAccount> accounts) {
        // XStream would write a List.of() as an object of the JDK's inner workings.
        List<SslManagerAccount> given = new ArrayList<>(Util.fixNull(accounts));
        requireDistinct(given);
        this.accounts = given;
        save();
        AccountsListener.tellAll();
    }

    private static void requireDistinct(List<SslManagerAccount> accounts) {
        Set<String> names = new HashSet<>();
        for (SslManagerAccount account : accounts) {
            if (account.getName().isEmpty()) {
                throw new IllegalArgumentException(
                        "An SSL Manager account has no name. Give it one for builds to call it by");
            }
            if (account.getService() == null) {
                throw new IllegalArgumentException("The SSL Manager account '" + account.getName()
                        + "' has no service. Set it to one of " + Arrays.toString(Service.values()));
            }
            if (!names.add(account.getName())) {
                throw new IllegalArgumentException("There is more than one SSL Manager account '" + account.getName()
                        + "'. Give each a name of its own, since builds choose an account by name");
            }
        }
    }

    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) throws FormException {
        try {
            setAccounts(request.bindJSONToList(SslManagerAccount.class, form.opt("accounts")));
            return true;
        } catch (IllegalArgumentException e) {
            throw new FormException(e.getMessage(), e, "accounts");
        }
    }

    /**
     * The account of that name.
     *
     * @param name null for the only one there is
     * @throws IllegalArgumentException if there is no such account; the message names those that there are
     */
    SslManagerAccount account(@CheckForNull String name) {
        List<SslManagerAccount> known = accounts;
        return known.stream()
                .filter(account -> name == null ? known.size() == 1 : name.equals(account.getName()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException((name == null
                                ? "No account is named"
                                : "There is no SSL Manager account '" + name + "'")
                        + (known.isEmpty()
                                ? ", and none is set up. An administrator adds it in Manage Jenkins » System » SSL Manager"
                                : ". Set 'account' to one of "
                                        + known.stream()
                                                .map(account -> "'" + account.getName() + "'")
                                                .toList())));
    }
}
