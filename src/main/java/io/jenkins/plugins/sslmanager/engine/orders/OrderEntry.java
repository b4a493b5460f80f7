package io.jenkins.plugins.sslmanager.engine.orders;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import java.security.PrivateKey;
import java.util.Collection;

/**
 * What the book is told of an order that is about to begin.
 *
 * @param privateKey null where the CSR was brought along
 * @param previousSerialNumber null where the certificate had never been issued
 * @param repeatable whether it costs nothing and disturbs nobody if it is sent a second time
 * @param names that the new certificate has to have, in ASCII
 */
public record OrderEntry(
        CertificateId certificate,
        String certificateName,
        String account,
        CertificateSigningRequest csr,
        @CheckForNull PrivateKey privateKey,
        @CheckForNull String previousSerialNumber,
        boolean repeatable,
        Collection<String> names) {}
