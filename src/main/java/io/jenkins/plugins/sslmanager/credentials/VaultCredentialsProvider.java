package io.jenkins.plugins.sslmanager.credentials;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.ModelObject;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import io.jenkins.plugins.sslmanager.credentials.EntryAudience.Reach;
import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import io.jenkins.plugins.sslmanager.engine.vault.VaultEntry;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/**
 * Shows what is in the vault to those who are meant to see it, as certificate credentials. It answers Jenkins itself alone, as
 * which builds run; one that runs as a user needs the permission Credentials/UseItem there. Credentials made by hand win, since
 * the ordinal is negative.
 */
@Extension(ordinal = -100)
public final class VaultCredentialsProvider extends CredentialsProvider implements VaultCertificateCredentials.Source {

    private static final Logger LOGGER = Logger.getLogger(VaultCredentialsProvider.class.getName());

    /** The same object for each look-up, by entry and id. */
    private final Map<List<String>, VaultCertificateCredentials> known = new ConcurrentHashMap<>();

    static VaultCredentialsProvider get() {
        return ExtensionList.lookupSingleton(VaultCredentialsProvider.class);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.VaultCredentialsProvider_displayName();
    }

    @Override
    public String getIconClassName() {
        return "symbol-credentials plugin-credentials";
    }

    @Override
    public Set<CredentialsScope> getScopes(ModelObject object) {
        return Set.of(CredentialsScope.GLOBAL);
    }

    @Override
    protected boolean _isApplicable(Descriptor<?> descriptor) {
        return descriptor.clazz == VaultCertificateCredentials.class;
    }

    @NonNull
    @Override
    public <C extends Credentials> List<C> getCredentialsInItem(
            @NonNull Class<C> type,
            @NonNull Item item,
            @Nullable Authentication authentication,
            @NonNull List<DomainRequirement> domainRequirements) {
        return item instanceof ItemGroup<?> group
                ? getCredentialsInItemGroup(type, group, authentication, domainRequirements)
                : find(type, authentication, entry -> EntryAudience.of(entry).reach(item));
    }

    @NonNull
    @Override
    public <C extends Credentials> List<C> getCredentialsInItemGroup(
            @NonNull Class<C> type,
            @Nullable ItemGroup group,
            @Nullable Authentication authentication,
            @NonNull List<DomainRequirement> domainRequirements) {
        ItemGroup<?> where = group == null ? Jenkins.get() : group;
        return find(type, authentication, entry -> EntryAudience.of(entry).reach(where));
    }

    private record Found(VaultEntry entry, Reach reach) {}

    private <C extends Credentials> List<C> find(
            Class<C> type, @CheckForNull Authentication authentication, Function<VaultEntry, Reach> reach) {
        if (!type.isAssignableFrom(VaultCertificateCredentials.class) || !ACL.SYSTEM2.equals(authentication)) {
            return List.of();
        }
        return shown().map(entry -> new Found(entry, reach.apply(entry)))
                .filter(found -> found.reach() != Reach.NOBODY)
                // Whoever looks takes the first of an id.
                .sorted(Comparator.comparing(Found::reach)
                        .thenComparing(found -> found.entry().newest().stored(), Comparator.reverseOrder()))
                .flatMap(found -> credentials(found.entry()))
                .map(type::cast)
                .toList();
    }

    /** Those that can be provided. A vault that cannot be opened keeps nobody from other credentials; its monitor tells. */
    private static Stream<VaultEntry> shown() {
        try {
            return CertificateVault.get().vault().entries().stream()
                    .filter(entry ->
                            !entry.credentialIds().isEmpty() && entry.usable().isPresent());
        } catch (ExpectedFailure e) {
            LOGGER.log(Level.FINE, "The vault shows nothing", e);
            return Stream.empty();
        }
    }

    Stream<VaultCertificateCredentials> credentials(VaultEntry entry) {
        return entry.credentialIds().stream()
                .map(id -> known.computeIfAbsent(
                        List.of(entry.id(), id), names -> new VaultCertificateCredentials(id, entry)));
    }

    @CheckForNull
    @Override
    public CredentialsStore getStore(@CheckForNull ModelObject object) {
        if (object instanceof Jenkins jenkins) {
            return store(jenkins, "");
        }
        return object instanceof Item item ? store(item, item.getFullName()) : null;
    }

    /** Only what is listed there and nowhere else. */
    @CheckForNull
    private <T extends ModelObject & AccessControlled> CredentialsStore store(T context, String name) {
        List<Credentials> own = shown().filter(
                        entry -> name.equals(EntryAudience.of(entry).place()))
                .flatMap(this::credentials)
                .map(Credentials.class::cast)
                .toList();
        return own.isEmpty() ? null : new VaultStore(getClass(), context, own);
    }
}
