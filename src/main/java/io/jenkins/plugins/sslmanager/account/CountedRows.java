package io.jenkins.plugins.sslmanager.account;

import io.jenkins.plugins.sslmanager.account.grants.Applicant;
import io.jenkins.plugins.sslmanager.account.grants.Grant;
import java.util.stream.Stream;

/** Which rows of an account's grants count for a job. */
final class CountedRows {

    private CountedRows() {}

    /** Returns the rows of an account that count for a job: not those that wait for an administrator. */
    static Stream<Grant> rows(SslManagerAccount account, Applicant applicant) {
        return account.getGrants().stream()
                .filter(row ->
                        row.isFor(applicant) && !SslManagerConfiguration.get().waits(account, row, applicant.job()));
    }

    static boolean isUsable(SslManagerAccount account, Applicant applicant) {
        return rows(account, applicant).findAny().isPresent();
    }
}
