package io.jenkins.plugins.sslmanager.account;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.account.grants.Applicant;
import io.jenkins.plugins.sslmanager.account.grants.CertificateUse;
import io.jenkins.plugins.sslmanager.account.grants.Grant;
import io.jenkins.plugins.sslmanager.account.grants.Purpose;
import io.jenkins.plugins.sslmanager.account.grants.RowAsCode;
import java.util.ArrayList;
import java.util.List;

/** The row that would have allowed what was refused. */
final class MissingGrant {

    private MissingGrant() {}

    /**
     * Whoever reads a build's log need not be somebody who may know of the account's certificates.
     *
     * @param use null where the job may not use the account at all, or order nothing
     */
    static String forAuthors(SslManagerAccount account, Applicant applicant, @CheckForNull CertificateUse use) {
        if (!CountedRows.isUsable(account, applicant)) {
            return "This job may not use the SSL Manager account that the step names.";
        }
        if (use == null) {
            return "This job may order no certificate by SSL Manager account '" + account.getName() + "'.";
        }
        boolean mayRead = CountedRows.rows(account, applicant)
                .anyMatch(row ->
                        row.allows(CertificateUse.plain(Purpose.READ, use.name(), use.number(), use.isNumber())));
        String certificate = "certificate " + use.number() + (mayRead ? " (" + use.name() + ")" : "");
        List<String> beyond = mayRead ? beyond(use) : List.of();
        return "This job may not " + use.purpose().verb() + " " + certificate + " by SSL Manager account '"
                + account.getName() + "'"
                + (beyond.isEmpty() ? "" : ", at least not with " + String.join(", ", beyond)) + ".";
    }

    private static List<String> beyond(CertificateUse use) {
        List<String> beyond = new ArrayList<>();
        if (!use.addedNames().isEmpty()) {
            beyond.add("the additional names " + use.addedNames());
        }
        if (use.removesNames()) {
            beyond.add("names of the certificate left out");
        }
        if (use.contacts()) {
            beyond.add("other contacts");
        }
        if (use.product()) {
            beyond.add("another product, term or software");
        }
        if (use.otherCsr()) {
            beyond.add("a CSR that the plugin has not made for it");
        }
        return beyond;
    }

    /** As code: the smallest row that allows it. */
    static Grant row(Applicant applicant, @CheckForNull CertificateUse use) {
        Grant row = new Grant();
        row.setJobs(applicant.job());
        row.setChangeRequests(applicant.changeRequest());
        if (use == null) {
            row.setAllows(Purpose.ORDER);
            return row;
        }
        List<String> certificates = new ArrayList<>(List.of(use.name()));
        certificates.addAll(use.addedNames());
        row.setCertificates(String.join(", ", certificates));
        row.setAllows(use.purpose());
        row.setAdditionalNames(!use.addedNames().isEmpty());
        row.setRemovedNames(use.removesNames());
        row.setContacts(use.contacts());
        row.setProduct(use.product());
        row.setOtherCsr(use.otherCsr());
        return row;
    }

    static String code(Applicant applicant, @CheckForNull CertificateUse use) {
        return RowAsCode.of(row(applicant, use));
    }
}
