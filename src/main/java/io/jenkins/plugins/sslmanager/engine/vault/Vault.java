package io.jenkins.plugins.sslmanager.engine.vault;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.FileNames;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBookException;
import io.jenkins.plugins.sslmanager.engine.orders.SealedKeys;
import io.jenkins.plugins.sslmanager.engine.orders.Sealing;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateChain;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.plugins.sslmanager.engine.storage.RecordFiles;
import io.jenkins.plugins.sslmanager.engine.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Certificates with their keys, by certificate and job. What a method says is on the disk when it returns. An entry is one file,
 * which is replaced as a whole: the last good version is never gone before the next one is there.
 *
 * <p>An entry that is damaged is never taken for none.
 */
public final class Vault {

    /** How long the key of a version stays that was followed by another one, unless told otherwise. */
    public static final Duration ENDED_KEYS_KEPT = Duration.ofDays(30);

    private static final int ID_BYTES = 12;
    private static final Pattern NAME = Pattern.compile("(.+)-([0-9]{1,18})-[0-9a-f]+");
    private static final String CHECK_FOLDER = "Check the permissions of the folder and the space on its disk.";

    private final RecordFiles<VaultEntry> files;
    private final Sealing sealing;
    private final UnaryOperator<CertificateId> current;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, VaultEntry> entries = new LinkedHashMap<>();

    /** Ids of new entries: the file of one that could not be kept may be there all the same, and is replaced by the next try. */
    private final Map<String, String> newIds = new HashMap<>();

    private Vault(
            Path folder,
            Sealing sealing,
            UnaryOperator<CertificateId> current,
            InstantSource clock,
            Consumer<String> report)
            throws IOException {
        this.sealing = sealing;
        this.current = current;
        this.clock = clock;
        files = new RecordFiles<>(folder, VaultEntry.class, Vault::name);
        files.readAll(report).forEach(entry -> entries.put(entry.id(), entry));
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

    private static String name(VaultEntry entry) {
        return FileNames.ofSystem(entry.certificate().system()) + "-"
                + entry.certificate().number() + "-" + entry.id();
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
            VaultVersion version = VaultVersion.of(deposit.chain(), seal(id, deposit.chain(), key), clock.instant());
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
                    : known.with(version, deposit.folder());
        }
        String credentialId = deposit.credentialId();
        if (credentialId != null && !next.credentialIds().contains(credentialId)) {
            next = next.shownAs(credentialId);
        }
        if (!next.equals(known)) {
            write(next);
            newIds.values().remove(id);
        }
        return next;
    }

    @CheckForNull
    private VaultEntry known(CertificateId number, String job) {
        return entries.values().stream()
                .filter(entry ->
                        entry.isOf(job) && current.apply(entry.certificate()).equals(number))
                .findFirst()
                .orElse(null);
    }

    private String newId() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String sealedFor(String entry, String publicKeySha256) {
        return "vault/" + entry + "/" + publicKeySha256;
    }

    private String seal(String entry, CertificateChain chain, PrivateKey key) {
        return SealedKeys.seal(sealing, sealedFor(entry, Certificates.publicKeySha256(chain.leaf())), key);
    }

    private VaultEntry write(VaultEntry entry) {
        try {
            files.write(entry);
        } catch (IOException e) {
            throw new StorageException(entry + " cannot be written into the vault", CHECK_FOLDER, e);
        }
        entries.put(entry.id(), entry);
        return entry;
    }

    /**
     * What a job has of a certificate, by whatever number that has or had.
     *
     * @throws VaultException if a damaged record may be it
     */
    public synchronized Optional<VaultEntry> find(CertificateId certificate, String job) {
        CertificateId number = current.apply(certificate);
        VaultEntry known = known(number, job);
        if (known == null) {
            requireUndamaged(number);
        }
        return Optional.ofNullable(known);
    }

    /**
     * What any job has, or had before it was deleted, of a certificate.
     *
     * @throws VaultException if a damaged record may be of it, too
     */
    public synchronized List<VaultEntry> find(CertificateId certificate) {
        requireUndamaged(current.apply(certificate));
        return intact(certificate);
    }

    /** The same beside what is damaged. */
    synchronized List<VaultEntry> intact(CertificateId certificate) {
        CertificateId number = current.apply(certificate);
        return entries.values().stream()
                .filter(entry -> current.apply(entry.certificate()).equals(number))
                .toList();
    }

    private void requireUndamaged(CertificateId number) {
        Optional<String> damaged =
                damaged().stream().filter(name -> mayBe(name, number)).findFirst();
        if (damaged.isPresent()) {
            throw new VaultException(
                    "The vault's record " + damaged.get()
                            + " is damaged, so it is not known whether the vault has certificate "
                            + number
                            + ". Nothing was ordered for want of its key. An administrator restores that file from a"
                            + " backup, or deletes it if the certificate shall be ordered anew",
                    null);
        }
    }

    private boolean mayBe(String name, CertificateId number) {
        Matcher matcher = NAME.matcher(name);
        return !matcher.matches()
                || matcher.group(1).equals(FileNames.ofSystem(number.system()))
                        && current.apply(new CertificateId(number.system(), Long.parseLong(matcher.group(2))))
                                .equals(number);
    }

    /** The entry with this id. */
    public synchronized Optional<VaultEntry> entry(String id) {
        return Optional.ofNullable(entries.get(id));
    }

    /** All entries, in no order that means anything. */
    public synchronized List<VaultEntry> entries() {
        return List.copyOf(entries.values());
    }

    /**
     * The key of an entry's newest version.
     *
     * @throws VaultException if it cannot be opened, or there is none
     */
    public PrivateKey key(VaultEntry entry) {
        VaultVersion newest = entry.newest();
        String sealed = newest.sealedKey();
        if (sealed == null) {
            throw new VaultException(
                    "The vault has no key of " + entry + " any more, since the entry was given up", null);
        }
        try {
            return SealedKeys.open(
                    sealing, sealedFor(entry.id(), Certificates.publicKeySha256(newest.certificate())), sealed);
        } catch (OrderBookException e) {
            throw new VaultException(
                    "The vault's key of " + entry + " cannot be opened. Restore the file " + name(entry)
                            + ".json of the vault and Jenkins' folder 'secrets' as they were when it was stored, or give the"
                            + " entry up. " + e.getMessage(),
                    e);
        }
    }

    /**
     * Has builds find an entry by one more id.
     *
     * @throws StorageException if that cannot be kept
     */
    public synchronized VaultEntry showAs(VaultEntry entry, String credentialId) {
        VaultEntry now = required(entry.id());
        return now.credentialIds().contains(credentialId) ? now : write(now.shownAs(credentialId));
    }

    /** A person gives an entry up: it provides nothing any more. That there was one stays known. */
    public synchronized void giveUp(String id) {
        write(required(id).givenUp());
    }

    /** @throws VaultException if there is no such entry */
    public synchronized VaultEntry required(String id) {
        VaultEntry now = entries.get(id);
        if (now == null) {
            throw new VaultException("The vault has no entry " + id + " any more", null);
        }
        return now;
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
                    write(moved);
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
                write(cleaned);
            }
        }
    }

    /** What is damaged, for an administrator: the names of the files that were put aside. Empty if all is well. */
    public List<String> damaged() {
        try {
            return files.damaged();
        } catch (IOException e) {
            throw new StorageException("The vault cannot be read", "Check the folder's permissions.", e);
        }
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
