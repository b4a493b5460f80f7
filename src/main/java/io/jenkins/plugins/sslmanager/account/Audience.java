package io.jenkins.plugins.sslmanager.account;

import hudson.model.Item;
import io.jenkins.plugins.sslmanager.account.grants.Applicant;
import io.jenkins.plugins.sslmanager.account.grants.CertificateUse;
import io.jenkins.plugins.sslmanager.account.grants.Grant;
import io.jenkins.plugins.sslmanager.account.grants.Purpose;
import io.jenkins.plugins.sslmanager.account.grants.Visibility;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * To whom a certificate of a job is shown, by the rows of its account. They are read anew each time.
 *
 * @param visibility as far as the row goes
 * @param changeRequests whether that holds for jobs of change requests, too
 */
public record Audience(Visibility visibility, boolean changeRequests) {

    /**
     * One for each row that is for the job and the certificate; none if there is no such row or account.
     *
     * @param accountId see {@link SslManagerAccount#getId}
     * @param number whether a number that a row has is the certificate's
     */
    public static List<Audience> of(
            Item job, String accountId, String certificateName, long certificateId, LongPredicate number) {
        CertificateUse use = CertificateUse.plain(Purpose.READ, certificateName, certificateId, number);
        return SslManagerConfiguration.get().getAccounts().stream()
                .filter(account -> accountId.equals(account.getId()))
                .flatMap(account -> CountedRows.rows(account, Applicant.of(job)))
                .filter(row -> row.allows(use))
                .map(Audience::of)
                .toList();
    }

    private static Audience of(Grant row) {
        return new Audience(row.getVisibleTo(), row.isChangeRequests());
    }
}
