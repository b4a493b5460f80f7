package io.jenkins.plugins.sslmanager.account.grants;

import java.util.List;
import java.util.function.LongPredicate;

/**
 * What a job wants to do with a certificate.
 *
 * @param name the certificate's
 * @param number the service's number of it
 * @param isNumber tells whether a number is the certificate's, or was before a re-issue gave it another
 * @param addedNames what an order adds to the certificate's names
 * @param removesNames whether an order leaves names of the certificate out
 * @param contacts whether an order changes contacts
 * @param product whether an order changes product, term or software
 * @param otherCsr whether an order is for a CSR that was brought along
 */
public record CertificateUse(
        Purpose purpose,
        String name,
        long number,
        LongPredicate isNumber,
        List<String> addedNames,
        boolean removesNames,
        boolean contacts,
        boolean product,
        boolean otherCsr) {

    /** Reading, or an order that takes the certificate as it is. */
    public static CertificateUse plain(Purpose purpose, String name, long number, LongPredicate isNumber) {
        return new CertificateUse(purpose, name, number, isNumber, List.of(), false, false, false, false);
    }
}
