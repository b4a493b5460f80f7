package io.jenkins.plugins.sslmanager.orders;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.engine.rotation.DueCandidates;
import io.jenkins.plugins.sslmanager.engine.rotation.SharedCertificateList;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The certificates of each account's user as the service lists them, for all triggers and forms of this controller. */
@Extension
public final class ListedCertificates {

    /**
     * What is listed of one user of an account.
     *
     * @param due which of them triggers have to look at
     */
    public record OfUser(SharedCertificateList list, DueCandidates due) {

        private static OfUser none() {
            SharedCertificateList list = new SharedCertificateList(InstantSource.system());
            return new OfUser(list, new DueCandidates(InstantSource.system(), list));
        }
    }

    private final ConcurrentMap<String, OfUser> byIdentity = new ConcurrentHashMap<>();

    /** Users may see different certificates of one account. */
    public static OfUser of(AccountAccess access) {
        return ExtensionList.lookupSingleton(ListedCertificates.class)
                .byIdentity
                .computeIfAbsent(access.identity(), identity -> OfUser.none());
    }
}
