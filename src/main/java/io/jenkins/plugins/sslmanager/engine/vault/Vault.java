package io.jenkins.plugins.sslmanager.engine.vault;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Sealing;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateChain;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.plugins.sslmanager.engine.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Certificates with their keys, by certificate and job. What a method says is on the disk when it returns. An entry is one file,
 * which is replaced as a whole: the last good version is never gone before the next one is there.
 *
 * <p>An entry that is damaged is never taken for none.
 */
public final class Vault {

    private static final int ID_BYTES = 12;

    private final VaultEntries entries;
    private final VaultKeys keys;
    private final UnaryOperator<CertificateId> current;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /** Ids of new entries: the file of one that could not be kept may be there all the same, and is replaced by the next try. */
    private final Map<String, String> newIds = new HashMap<>();

    private Vault(
            Path folder,
            Sealing sealing,
            UnaryOperator<CertificateId> current,
            InstantSource clock,
            Consumer<String> report)
            throws IOException {
        this.current = current;
        this.clock = clock;
        keys = new VaultKeys(sealing);
        entries = new VaultEntries(folder, current, report);
    }

    /**
     * Opens the vault in a folder, which is made if it is not there.
     *
     * @param current the number that a certificate has now, after re-issues that gave it another
     * @param report a line for an administrator for each file that is damaged
     * @throws IOException if the folder cannot be made or read
     */
    public static Vault open(
            Path folder,
            Sealing sealing,
            UnaryOperator<CertificateId> current,
            InstantSource clock,
            Consumer<String> report)
            throws IOException {
        return new Vault(folder, sealing, current, clock, report);
    }

    /**
     * A certificate for the vault.
     *
     * @param account by which it was ordered: its lasting id
     * @param job the full name of the job that it belongs to
     * @param folder the full name of the folder that the job is in; empty at the top
     * @param credentialId the id that builds shall find it by; null for none
     */
    public record Deposit(
            CertificateId certificate,
            String certificateName,
            String account,
            String job,
            String folder,
            @CheckForNull String credentialId,
            CertificateChain chain) {}

    /**
     * Keeps a certificate with its key as the newest version. One that is there already is not kept twice.
     *
     * @throws VaultException if the key cannot be sealed
     * @throws StorageException if it cannot be kept; then all is as before
     * @throws io.jenkins.plugins.sslmanager.engine.pki.PkiException if the key is not the certificate's
     */
    public synchronized VaultEntry store(Deposit deposit, PrivateKey key) {
        KeyStores.requirePair(key, deposit.chain().leaf());
        CertificateId number = current.apply(deposit.certificate());
        VaultEntry known = known(number, deposit.job());
        String id =
                known == null ? newIds.computeIfAbsent(number + " of " + deposit.job(), entry -> newId()) : known.id();
        VaultEntry next;
        if (known != null
                && known.newest().hasKey()
                && known.newest().isOf(deposit.chain().leaf())) {
            next = known;
        } else {
            VaultVersion version =
                    VaultVersion.of(deposit.chain(), keys.seal(id, deposit.chain(), key), clock.instant());
            next = known == null
                    ? new VaultEntry(
                            id,
                            number,
                            deposit.certificateName(),
                            deposit.account(),
                            deposit.job(),
                            deposit.folder(),
                            List.of(),
                            List.of(version))
                    : known.with(version, deposit.account(), deposit.folder());
        }
        String credentialId = deposit.credentialId();
        if (credentialId != null && !next.credentialIds().contains(credentialId)) {
            next = next.shownAs(credentialId);
        }
        if (!next.equals(known)) {
            entries.write(next);
            newIds.values().remove(id);
        }
        return next;
    }

    @CheckForNull
    private VaultEntry known(CertificateId number, String job) {
        return entries.of(number).stream()
                .filter(entry -> entry.isOf(job))
                .findFirst()
                .orElse(null);
    }

    private String newId() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * What a job has of a certificate, by whatever number that has or had.
     *
     * @throws VaultException if a damaged record may be it
     */
    public synchronized Optional<VaultEntry> find(CertificateId certificate, String job) {
        VaultEntry known = known(certificate, job);
        if (known == null) {
            entries.requireUndamaged(certificate);
        }
        return Optional.ofNullable(known);
    }

    /**
     * What any job has, or had before it was deleted, of a certificate.
     *
     * @throws VaultException if a damaged record may be of it, too
     */
    public synchronized List<VaultEntry> find(CertificateId certificate) {
        entries.requireUndamaged(certificate);
        return intact(certificate);
    }

    /** The same beside what is damaged. */
    List<VaultEntry> intact(CertificateId certificate) {
        return entries.of(certificate);
    }

    /** The entry with this id. */
    public Optional<VaultEntry> entry(String id) {
        return Optional.ofNullable(entries.withId(id));
    }

    /** All entries, in no order that means anything. */
    public List<VaultEntry> entries() {
        return entries.all();
    }

    /**
     * The key of an entry's newest version.
     *
     * @throws VaultException if it cannot be opened, or there is none
     */
    public PrivateKey key(VaultEntry entry) {
        return keys.open(entry);
    }

    /** A person gives an entry up: it provides nothing any more. That there was one stays known. */
    public synchronized void giveUp(String id) {
        entries.write(required(id).givenUp());
    }

    /** @throws VaultException if there is no such entry */
    public VaultEntry required(String id) {
        return entry(id).orElseThrow(() -> new VaultException("The vault has no entry " + id + " any more", null));
    }

    /**
     * Lets what belongs to a job, or to jobs in a folder, belong to another from now on, or to none.
     *
     * @param next gives the new full name for the old one of a job or folder; null where it is deleted
     * @throws StorageException if not all of it could be kept; the same call again makes up for it
     */
    public synchronized void jobsMoved(Predicate<String> which, UnaryOperator<String> next) {
        StorageException failure = null;
        for (VaultEntry entry : entries()) {
            try {
                VaultEntry moved = entry.ownedBy(moved(entry.job(), which, next), moved(entry.folder(), which, next));
                if (!moved.equals(entry)) {
                    entries.write(moved);
                }
            } catch (StorageException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    @CheckForNull
    private static String moved(@CheckForNull String name, Predicate<String> which, UnaryOperator<String> next) {
        return name != null && which.test(name) ? next.apply(name) : name;
    }

    /**
     * Deletes the keys of versions that have ended.
     *
     * @param kept how long they stay after the next version has come
     */
    public synchronized void clean(Duration kept) {
        for (VaultEntry entry : entries()) {
            VaultEntry cleaned = entry.cleaned(clock.instant().minus(kept));
            if (!cleaned.equals(entry)) {
                entries.write(cleaned);
            }
        }
    }

    /** What is damaged, for an administrator: the names of the files that were put aside. Empty if all is well. */
    public List<String> damaged() {
        return entries.damaged();
    }

    /** Of each entry whose newest key cannot be opened, why not. */
    public List<String> troubles() {
        return entries().stream()
                .filter(entry -> entry.newest().hasKey())
                .flatMap(entry -> {
                    try {
                        key(entry);
                        return Stream.empty();
                    } catch (ExpectedFailure e) {
                        return Stream.of(e.getMessage());
                    }
                })
                .toList();
    }
}
