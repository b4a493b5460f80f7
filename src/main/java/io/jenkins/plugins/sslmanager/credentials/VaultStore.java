package io.jenkins.plugins.sslmanager.credentials;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.CredentialsStoreAction;
import com.cloudbees.plugins.credentials.domains.Domain;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.ModelObject;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import java.util.List;
import org.kohsuke.stapler.export.ExportedBean;
import org.springframework.security.core.Authentication;

/** What the vault shows in one job or folder, or in all of Jenkins, for people to look at. Nobody can change it. */
public final class VaultStore extends CredentialsStore {

    private final ModelObject context;
    private final List<Credentials> credentials;
    private final StoreAction action = new StoreAction(this);

    /** @param context a job, a folder or Jenkins itself */
    <T extends ModelObject & AccessControlled> VaultStore(
            Class<? extends CredentialsProvider> provider, T context, List<Credentials> credentials) {
        super(provider);
        this.context = context;
        this.credentials = credentials;
    }

    @NonNull
    @Override
    public ModelObject getContext() {
        return context;
    }

    @Override
    public boolean hasPermission2(@NonNull Authentication user, @NonNull Permission permission) {
        return CredentialsProvider.VIEW.equals(permission)
                && ((AccessControlled) context).getACL().hasPermission2(user, permission);
    }

    @NonNull
    @Override
    public List<Credentials> getCredentials(@NonNull Domain domain) {
        return domain.isGlobal() && hasPermission(CredentialsProvider.VIEW) ? credentials : List.of();
    }

    @Override
    public boolean addCredentials(@NonNull Domain domain, @NonNull Credentials added) {
        throw new UnsupportedOperationException("Rotations alone write into the vault");
    }

    @Override
    public boolean removeCredentials(@NonNull Domain domain, @NonNull Credentials removed) {
        throw new UnsupportedOperationException("An administrator gives an entry up on the vault's page");
    }

    @Override
    public boolean updateCredentials(
            @NonNull Domain domain, @NonNull Credentials current, @NonNull Credentials replacement) {
        throw new UnsupportedOperationException("Rotations alone write into the vault");
    }

    @Override
    public CredentialsStoreAction getStoreAction() {
        return action;
    }

    /** The page. */
    @ExportedBean
    public static final class StoreAction extends CredentialsStoreAction {

        private final VaultStore store;

        StoreAction(VaultStore store) {
            this.store = store;
        }

        @NonNull
        @Override
        public CredentialsStore getStore() {
            return store;
        }

        @Override
        public String getIconFileName() {
            return isVisible() ? "symbol-credentials plugin-credentials" : null;
        }

        @Override
        public String getIconClassName() {
            return isVisible() ? "symbol-credentials plugin-credentials" : null;
        }

        @Override
        public String getDisplayName() {
            return Messages.VaultStore_displayName();
        }
    }
}
