package io.jenkins.plugins.sslmanager.engine.orders;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.Collection;

/**
 * What the book is told of an order that is about to begin.
 *
 * @param privateKey null where the CSR was brought along
 * @param previousSerialNumber null where the certificate had never been issued
 * @param repeatable whether it costs nothing and disturbs nobody if it is sent a second time
 * @param names that the new certificate has to have, in ASCII
 * @param task what it asks of the service
 * @param billedFor what a renewal is billed for, for people; null for a re-issue
 * @param reason why it is placed
 * @param previousNotAfter when the present certificate ends; null where there is none, or nobody has looked
 */
public record OrderEntry(
        CertificateId certificate,
        String certificateName,
        String account,
        CertificateSigningRequest csr,
        @CheckForNull PrivateKey privateKey,
        @CheckForNull String previousSerialNumber,
        boolean repeatable,
        Collection<String> names,
        OrderTask task,
        @CheckForNull String billedFor,
        OrderReason reason,
        @CheckForNull Instant previousNotAfter) {}
