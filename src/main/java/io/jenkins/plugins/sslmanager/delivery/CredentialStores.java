package io.jenkins.plugins.sslmanager.delivery;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.CertificateCredentialsImpl;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Item;
import hudson.model.ItemGroup;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/** The stores of credentials that a job can have certificates stored in: those of the folders around it, and Jenkins' own. */
public final class CredentialStores {

    /** Names Jenkins' own store; that of a folder has the folder's full name. */
    public static final String ROOT = "/";

    private CredentialStores() {}

    /**
     * The nearest first, by their names.
     *
     * @param job null for Jenkins' own store alone
     */
    public static Map<String, CredentialsStore> around(@CheckForNull Item job) {
        Map<String, CredentialsStore> stores = new LinkedHashMap<>();
        for (CredentialsStore store : CredentialsProvider.lookupStores(job == null ? Jenkins.get() : job)) {
            if (store.getContext() instanceof ItemGroup<?> group && takesCertificates(store)) {
                stores.putIfAbsent(group == Jenkins.get() ? ROOT : group.getFullName(), store);
            }
        }
        return stores;
    }

    private static boolean takesCertificates(CredentialsStore store) {
        Set<CredentialsScope> scopes = store.getScopes();
        // At the top there may also be stores that only show what is kept elsewhere.
        boolean writable = store.getContext() != Jenkins.get()
                || store.getProvider() instanceof SystemCredentialsProvider.ProviderImpl;
        return writable
                && scopes != null
                && scopes.contains(CredentialsScope.GLOBAL)
                && store.isApplicable(Jenkins.get().getDescriptorOrDie(CertificateCredentialsImpl.class));
    }

    /**
     * @param parameter the step's parameter that names the credential, for messages
     * @param storeIn a store's name; null for the nearest
     * @throws AbortException if there is no such store around the job
     */
    static CredentialsStore choose(String parameter, Item job, @CheckForNull String storeIn) throws AbortException {
        Map<String, CredentialsStore> stores = around(job);
        if (stores.isEmpty()) {
            throw new AbortException(parameter + ": neither a folder around " + job.getFullName()
                    + " nor Jenkins itself has a store that takes certificates. An administrator allows them in Manage"
                    + " Jenkins » Credential Providers");
        }
        CredentialsStore store = storeIn == null ? stores.values().iterator().next() : stores.get(storeIn);
        if (store == null) {
            throw new AbortException("storeIn: '" + storeIn + "' has no store that builds of " + job.getFullName()
                    + " may write to. Set it to one of "
                    + stores.keySet().stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "))
                    + ", or leave it out for the first of them");
        }
        return store;
    }
}
