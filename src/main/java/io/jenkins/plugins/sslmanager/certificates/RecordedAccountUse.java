package io.jenkins.plugins.sslmanager.certificates;

import hudson.Extension;
import io.jenkins.plugins.sslmanager.account.AccountUse;
import java.util.stream.Stream;

/** The accounts of the certificates that builds have handled. */
@Extension
public final class RecordedAccountUse implements AccountUse {

    @Override
    public Stream<Use> uses() {
        return CertificateRecords.get().all().stream()
                .flatMap(record -> record.lastBuilds().stream()
                        .map(last -> new Use(record.facts().account(), last.job())));
    }
}
