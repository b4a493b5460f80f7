package io.jenkins.plugins.sslmanager.delivery;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.impl.CertificateCredentialsImpl;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Item;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.Permission;
import java.io.IOException;
import java.util.Objects;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** A domain of a store of credentials, with what a build may do there. */
public final class CredentialPlace {

    private final String parameter;
    private final CredentialsStore store;
    private final Domain domain;
    private final Authentication build;

    private CredentialPlace(String parameter, CredentialsStore store, Domain domain, Authentication build) {
        this.parameter = parameter;
        this.store = store;
        this.domain = domain;
        this.build = build;
    }

    /**
     * @param parameter the step's parameter that names the credential, for messages
     * @param build as whom the build runs
     * @param storeIn see {@link CredentialStores}; null for the nearest store
     * @param storeDomain null for the global domain
     * @throws AbortException if there is no such store or domain
     */
    public static CredentialPlace of(
            String parameter,
            Item job,
            Authentication build,
            @CheckForNull String storeIn,
            @CheckForNull String storeDomain)
            throws AbortException {
        CredentialsStore store = CredentialStores.choose(parameter, job, storeIn);
        Domain domain = storeDomain == null ? Domain.global() : store.getDomainByName(storeDomain);
        if (domain == null) {
            throw new AbortException("storeDomain: there is no domain '" + storeDomain + "' in " + describe(store)
                    + ". Make it there, or leave 'storeDomain' out for the global one");
        }
        return new CredentialPlace(parameter, store, domain, build);
    }

    /**
     * Makes sure that the build may create or replace a credential.
     *
     * @return what is there by now; null if nothing is
     * @throws AbortException if the build lacks the permission, or what is there must not be replaced
     */
    @CheckForNull
    CertificateCredentialsImpl requireWritable(String id) throws AbortException {
        Found found = find(id);
        if (found == null) {
            require(CredentialsProvider.CREATE, id);
            return null;
        }
        require(CredentialsProvider.UPDATE, id);
        return requireCertificate(id, found);
    }

    private record Found(Credentials credentials, Domain domain) {}

    /** Looked up as Jenkins itself: what the build may not see is there all the same. */
    @CheckForNull
    private Found find(String id) {
        try (ACLContext asJenkins = ACL.as2(ACL.SYSTEM2)) {
            for (Domain each : store.getDomains()) {
                for (Credentials credentials : store.getCredentials(each)) {
                    if (credentials instanceof IdCredentials named
                            && named.getId().equals(id)) {
                        return new Found(credentials, each);
                    }
                }
            }
            return null;
        }
    }

    /**
     * What lies there, for a build that may replace it.
     *
     * @return null if nothing does
     * @throws AbortException if the build lacks the permission, or it is no certificate
     */
    @CheckForNull
    CertificateCredentialsImpl read(String id) throws AbortException {
        Found found = find(id);
        if (found == null) {
            return null;
        }
        require(CredentialsProvider.UPDATE, id);
        return requireCertificate(id, found);
    }

    private CertificateCredentialsImpl requireCertificate(String id, Found found) throws AbortException {
        if (!(found.credentials() instanceof CertificateCredentialsImpl certificate)) {
            throw new AbortException(parameter + ": '" + id + "' in " + describe(store) + " is of the kind '"
                    + found.credentials().getDescriptor().getDisplayName()
                    + "', and only a certificate is replaced. Choose another id, or delete that credential");
        }
        if (!Objects.equals(found.domain().getName(), domain.getName())) {
            throw new AbortException(parameter + ": '" + id + "' is in another domain of " + describe(store) + ": "
                    + describe(found.domain()) + ". Set 'storeDomain' to it, or choose another id");
        }
        return certificate;
    }

    private void require(Permission permission, String id) throws AbortException {
        if (!store.hasPermission2(build, permission)) {
            throw new AbortException(
                    parameter + ": this build runs as " + build.getName() + ", who lacks the permission "
                            + permission.group.title + "/" + permission.name + " in " + describe(store)
                            + ", and so cannot store '"
                            + id + "'. Have an administrator grant it, or choose another store by 'storeIn'");
        }
    }

    /**
     * As the build itself, so that the store checks its permission once more.
     *
     * @param former what {@link #requireWritable} gave
     * @throws AbortException if the store does not take it; the message says why
     */
    void put(@CheckForNull CertificateCredentialsImpl former, CertificateCredentialsImpl next) throws AbortException {
        String reason;
        try (ACLContext asBuild = ACL.as2(build)) {
            boolean stored =
                    former == null ? store.addCredentials(domain, next) : store.updateCredentials(domain, former, next);
            if (stored) {
                return;
            }
            reason = "somebody else has changed it in this moment; run the step again";
        } catch (IOException | RuntimeException e) {
            reason = e.toString();
        }
        throw new AbortException("The credential '" + next.getId() + "' was not stored in " + this + ": " + reason);
    }

    /** @throws AbortException if the build may not take away what it puts there */
    void requireRemovable(String id) throws AbortException {
        require(CredentialsProvider.DELETE, id);
    }

    /**
     * As the build itself.
     *
     * @throws AbortException if the store does not give it up; the message says why
     */
    void remove(CertificateCredentialsImpl credential) throws AbortException {
        try (ACLContext asBuild = ACL.as2(build)) {
            store.removeCredentials(domain, credential);
        } catch (IOException | RuntimeException e) {
            throw new AbortException("The credential '" + credential.getId() + "' was not deleted in " + this + ": " + e
                    + ". Delete it by hand");
        }
    }

    private static String describe(CredentialsStore store) {
        return store.getContext() == Jenkins.get()
                ? "Jenkins' own store"
                : "the store of " + ((Item) store.getContext()).getFullName();
    }

    private static String describe(Domain domain) {
        return domain.isGlobal() ? "the global one" : "'" + domain.getName() + "'";
    }

    /** For messages. */
    @Override
    public String toString() {
        return describe(store) + (domain.isGlobal() ? "" : ", domain " + describe(domain));
    }
}
