package io.jenkins.plugins.sslmanager.trigger;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.engine.rotation.DueCandidates;
import io.jenkins.plugins.sslmanager.engine.rotation.DueRule;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The certificates of each account's user as the service lists them, for all triggers of this controller. */
@Extension
public final class ListedCertificates {

    private final ConcurrentMap<String, DueCandidates> byIdentity = new ConcurrentHashMap<>();

    static ListedCertificates get() {
        return ExtensionList.lookupSingleton(ListedCertificates.class);
    }

    /** @return those of the certificates that have to be looked at, see {@link DueCandidates#among} */
    CompletableFuture<List<Long>> candidates(AccountAccess access, List<Long> certificates, DueRule rule) {
        return byIdentity
                .computeIfAbsent(access.identity(), identity -> new DueCandidates(InstantSource.system()))
                .among(access.api(), certificates, rule);
    }
}
