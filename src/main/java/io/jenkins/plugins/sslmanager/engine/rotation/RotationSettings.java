package io.jenkins.plugins.sslmanager.engine.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import java.time.Instant;

/**
 * What a rotation is to do.
 *
 * @param dueRule when a certificate is due
 * @param evenIfNotDue whether to re-issue it whatever the rule says
 * @param atTermEnd what to do if its paid term ends with it
 * @param givesUpOpenOrder whether to order anew where an earlier run's order is open, instead of going on with that one
 * @param dryRun whether to do all but the order, and keep nothing of it
 * @param newKey what the new key and its CSR shall be
 * @param csr a CSR that was brought along, whose key the order book does not get; null for a new key
 * @param changes what the order does not take over from the certificate
 * @param deadline when to leave an order to a later run
 */
public record RotationSettings(
        DueRule dueRule,
        boolean evenIfNotDue,
        AtTermEnd atTermEnd,
        boolean givesUpOpenOrder,
        boolean dryRun,
        NewKey newKey,
        @CheckForNull CertificateSigningRequest csr,
        OrderChanges changes,
        Instant deadline) {}
