package io.jenkins.plugins.sslmanager.engine.pki;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether a certificate is the one that was ordered: the state of the order's job alone does not say so. */
public final class ReissueChecks {

    private static final String FAILED = "The certificate that the service delivered is not the re-issued one: ";

    private static final String REMEDY = ". Look up the order at the SSL Manager before ordering again.";

    private ReissueChecks() {}

    /**
     * Public key and names are those of the CSR, the serial number is a new one, and the chain is valid now.
     *
     * @param previousSerialNumber hex in any usual notation; null where there is none to compare
     * @throws PkiException that names the failed check, with what was expected and what was found
     */
    public static void requireReissued(
            CertificateChain chain,
            CertificateSigningRequest csr,
            @CheckForNull String previousSerialNumber,
            Instant now) {
        requireReissued(chain, csr, Set.of(), previousSerialNumber, now);
    }

    /**
     * As above, and the names are also those that the certificate has to keep: a CSR may have fewer of them.
     *
     * @param names of the order and of the certificate before, in ASCII; in any order and case, also with the dot at their end
     * @param previousSerialNumber hex in any usual notation; null where there is none to compare
     * @throws PkiException that names the failed check, with what was expected and what was found
     */
    public static void requireReissued(
            CertificateChain chain,
            CertificateSigningRequest csr,
            Set<String> names,
            @CheckForNull String previousSerialNumber,
            Instant now) {
        requireKey(chain.leaf(), csr);
        requireNames(chain.leaf(), csr.dnsNames(), "of the CSR's names");
        requireNames(chain.leaf(), names, "of the names that it has to have");
        if (previousSerialNumber != null) {
            requireNewSerialNumber(chain.leaf(), previousSerialNumber);
        }
        chain.verify(now);
    }

    private static void requireKey(X509Certificate leaf, CertificateSigningRequest csr) {
        String found = Certificates.publicKeySha256(leaf);
        if (!found.equals(csr.publicKeySha256())) {
            throw new PkiException(FAILED + "the SHA-256 of its public key is " + found + ", and of the CSR's "
                    + csr.publicKeySha256() + REMEDY);
        }
    }

    private static void requireNames(X509Certificate leaf, Collection<String> wanted, String whose) {
        List<String> names = Certificates.dnsNames(leaf);
        Set<String> missing = wanted.stream()
                .map(DnsNames::normalize)
                .filter(each -> names.stream().noneMatch(name -> DnsNames.covers(name, each)))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!missing.isEmpty()) {
            throw new PkiException(
                    FAILED + "its DNS names are " + names + ", and " + whose + " it lacks " + missing + REMEDY);
        }
    }

    private static void requireNewSerialNumber(X509Certificate leaf, String previous) {
        if (leaf.getSerialNumber().equals(parseSerialNumber(previous))) {
            throw new PkiException(FAILED + "its serial number " + Certificates.serialNumber(leaf)
                    + " is the same as that of the previous certificate, " + previous + REMEDY);
        }
    }

    private static BigInteger parseSerialNumber(String hex) {
        try {
            return new BigInteger(hex.replaceAll("[:\\s]", ""), 16);
        } catch (NumberFormatException e) {
            throw new PkiException(
                    "The serial number '" + hex + "' of the previous certificate is not hexadecimal."
                            + " Give it as the service or openssl prints it.",
                    e);
        }
    }
}
