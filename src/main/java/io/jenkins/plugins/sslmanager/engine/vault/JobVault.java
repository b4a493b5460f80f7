package io.jenkins.plugins.sslmanager.engine.vault;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateChain;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The vault as one job sees it.
 *
 * @param book which certificates were delivered here
 * @param account by which the job orders: its lasting id
 * @param job its full name
 * @param folder the full name of the folder that it is in; empty at the top
 * @param sees which entries of other jobs are shown to this one
 */
public record JobVault(
        Vault vault,
        WantedKeys wanted,
        OrderBook book,
        String account,
        String job,
        String folder,
        Predicate<VaultEntry> sees) {

    private static final Duration ROUNDING = Duration.ofDays(1);

    /**
     * Keeps a certificate with its key.
     *
     * @param credentialId the id that builds shall find it by; null for none
     */
    public VaultEntry keep(
            CertificateId certificate,
            String certificateName,
            @CheckForNull String credentialId,
            CertificateChain chain,
            PrivateKey key) {
        return vault.store(
                new Vault.Deposit(certificate, certificateName, account, job, folder, credentialId, chain), key);
    }

    /**
     * The entry that this job can be provided from: of several the one with the service's certificate, or else the latest one.
     *
     * @throws VaultException if a damaged record may be the job's own
     */
    public Optional<VaultEntry> usable(CertificateId certificate, X509Certificate current) {
        Optional<VaultEntry> own = vault.find(certificate, job);
        Optional<VaultEntry> found = Stream.concat(own.stream(), ofOthers(certificate).stream())
                .filter(entry -> entry.usable().isPresent())
                .max(Comparator.comparing((VaultEntry entry) -> entry.newest().isOf(current))
                        .thenComparing(entry -> entry.newest().certificate().getNotBefore())
                        .thenComparing(entry -> entry.isOf(job)));
        if (found.isPresent() && found.get().newest().isOf(current)) {
            wanted.found(book.current(certificate), job);
        }
        return found;
    }

    /**
     * Whether this job has the certificate that ends then, so that nothing of it is missing.
     *
     * @param credentialId the id that builds find it by; null where they need none
     * @param end as the service lists it, which rounds it to the end of the day
     */
    public boolean provides(CertificateId certificate, @CheckForNull String credentialId, Instant end) {
        return vault.find(certificate, job)
                .filter(entry -> credentialId == null || entry.credentialIds().contains(credentialId))
                .flatMap(VaultEntry::usable)
                .filter(version ->
                        Duration.between(version.certificate().getNotAfter().toInstant(), end)
                                        .abs()
                                        .compareTo(ROUNDING)
                                <= 0)
                .isPresent();
    }

    private List<VaultEntry> ofOthers(CertificateId certificate) {
        return vault.intact(certificate).stream()
                .filter(entry -> !entry.isOf(job) && sees.test(entry))
                .toList();
    }

    /** Why the job lacks the key of a certificate, and whether it is ordered for that. */
    public enum Want {
        /** It is ordered for that, once. */
        ORDERED,
        /** Others have it, or had it, or it was ordered before; so it is not. */
        KNOWN,
        /** So many are wanted that an administrator has to confirm it. */
        HELD_BACK
    }

    /**
     * Whether a certificate is ordered for want of its key alone.
     *
     * @throws VaultException if a damaged record may be of it
     */
    public Want want(CertificateId certificate, String certificateName) {
        CertificateId number = book.current(certificate);
        if (!vault.find(number).isEmpty() || wanted.wasOrdered(number, job)) {
            return Want.KNOWN;
        }
        return isToWait(number, certificateName, new LostKeys(vault, book)::noteLost) ? Want.HELD_BACK : Want.ORDERED;
    }

    /**
     * Whether a certificate, of which the job has an older one that is due, is ordered for want of the key of the newer one.
     *
     * @param current the service's certificate
     * @param isDue whether one that the vault has would be due now
     */
    public Want wantNewer(
            CertificateId certificate,
            String certificateName,
            X509Certificate current,
            Predicate<X509Certificate> isDue) {
        if (vault.intact(certificate).stream().anyMatch(entry -> entry.newest().isOf(current))) {
            return Want.KNOWN;
        }
        return isToWait(
                        book.current(certificate),
                        certificateName,
                        notes -> new LostKeys(vault, book).noteOutdated(notes, isDue))
                ? Want.HELD_BACK
                : Want.ORDERED;
    }

    /** Others are noted first: builds come one after the other, and the first would be ordered before the last is known. */
    private boolean isToWait(CertificateId number, String certificateName, Consumer<WantedKeys> noteOthers) {
        wanted.add(number, certificateName, job);
        if (!wanted.isHeldBack(number, job)) {
            noteOthers.accept(wanted);
        }
        return wanted.isHeldBack(number, job);
    }

    /** The order of a certificate has been sent. */
    public void ordered(CertificateId certificate) {
        wanted.ordered(certificate, job);
    }
}
