package io.jenkins.plugins.sslmanager.engine.orders;

import static java.nio.charset.StandardCharsets.UTF_8;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.storage.SafeFiles;
import io.jenkins.plugins.sslmanager.engine.storage.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits; the record's id and the purpose are associated data, so that
 * no sealed key opens in the place of another.
 *
 * <p>The sealing key is made once, when there is nothing yet that it could open. A check value beside the book tells from then
 * on whether it is still the same: one that is missing or another is damage, and never a reason to make a new one.
 */
public final class KeySealing implements Sealing {

    private static final String CHECK_FILE = "sealing-check";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final String CHECK = "check value of the order book";
    private static final String PURPOSE = "private key of an order\n";

    private final Path folder;
    private final Path checkFile;
    private final SealingKeyStore store;
    private final SecureRandom random = new SecureRandom();

    @CheckForNull
    private SecretKeySpec key;

    /** What this one has made: a store that gives another back is no store, however often it is asked. */
    @CheckForNull
    private byte[] made;

    /** @param folder of the order book; the check value lies in it */
    public KeySealing(Path folder, SealingKeyStore store) {
        this.folder = folder;
        checkFile = folder.resolve(CHECK_FILE);
        this.store = store;
    }

    @Override
    public byte[] seal(String record, byte[] plain) {
        return crypt(usableKey(), PURPOSE + record, plain);
    }

    @Override
    public byte[] open(String record, byte[] sealed) {
        try {
            return decrypt(usableKey(), PURPOSE + record, sealed);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new OrderBookException(
                    OrderBookException.Kind.DAMAGED,
                    "The sealed private key of record " + record
                            + " cannot be opened: it is damaged, or belongs to another"
                            + " record. Restore the order book from a backup, or give the order up",
                    e);
        }
    }

    @Override
    public void requireUsable() {
        usableKey();
    }

    private synchronized SecretKeySpec usableKey() {
        SecretKeySpec known = key;
        if (known == null) {
            try {
                Optional<byte[]> check = check();
                known = check.isPresent() ? checkedKey(check.get()) : firstKey();
            } catch (IOException e) {
                throw new StorageException(
                        "The key that seals private keys cannot be read or kept", "Check the folder's permissions.", e);
            }
            key = known;
        }
        return known;
    }

    /** Empty only if it is certain that there is no check value. */
    private Optional<byte[]> check() throws IOException {
        try {
            return Optional.of(Files.readAllBytes(checkFile));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private SecretKeySpec checkedKey(byte[] check) throws IOException {
        // Its rename may have been all but on the disk when Jenkins was killed: records may follow from here on.
        SafeFiles.force(folder);
        byte[] found = store.read();
        if (found == null) {
            throw damaged("is missing or cannot be read", null);
        }
        try {
            SecretKeySpec candidate = new SecretKeySpec(found, "AES");
            decrypt(candidate, CHECK, Base64.getDecoder().decode(check));
            return candidate;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw damaged(
                    "is not the one that this book was sealed with, or the book's file " + CHECK_FILE + " is damaged",
                    e);
        }
    }

    /** The check value is on the disk before the first record is, so without it there must be none. */
    private SecretKeySpec firstKey() throws IOException {
        SafeFiles.createDirectories(folder);
        if (hasRecords()) {
            throw damaged("cannot be told from another one, since the book's file " + CHECK_FILE + " is missing", null);
        }
        byte[] first = storedKey();
        if (first.length != KEY_BYTES || !Arrays.equals(first, store.read())) {
            throw damaged("cannot be read back as it was kept", null);
        }
        SecretKeySpec usable = new SecretKeySpec(first, "AES");
        SafeFiles.replacePrivate(checkFile, Base64.getEncoder().encode(crypt(usable, CHECK, CHECK.getBytes(UTF_8))));
        return usable;
    }

    /** One that is there already was made just before a crash, or opens what a person may yet restore. */
    private byte[] storedKey() throws IOException {
        byte[] found = store.read();
        if (made == null && found != null) {
            return found;
        }
        if (made == null) {
            made = new byte[KEY_BYTES];
            random.nextBytes(made);
        }
        if (found == null) {
            store.create(made);
        }
        return made;
    }

    private boolean hasRecords() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".json"));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private OrderBookException damaged(String what, @CheckForNull Exception cause) {
        return new OrderBookException(
                OrderBookException.Kind.DAMAGED,
                "The key that seals the private keys of orders " + what
                        + ". Nothing is ordered and nothing is lost: restore " + store.place()
                        + " as it was when the orders were made. If it is gone for good, delete the folder of the order"
                        + " book",
                cause);
    }

    private byte[] crypt(SecretKeySpec with, String context, byte[] plain) {
        try {
            byte[] nonce = new byte[NONCE_BYTES];
            random.nextBytes(nonce);
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, with, context, nonce);
            byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + cipher.getOutputSize(plain.length));
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has AES-GCM", e);
        }
    }

    private static byte[] decrypt(SecretKeySpec with, String context, byte[] sealed) throws GeneralSecurityException {
        if (sealed.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
            throw new IllegalArgumentException("Too short to be sealed");
        }
        byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
        return cipher(Cipher.DECRYPT_MODE, with, context, nonce)
                .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    }

    private static Cipher cipher(int mode, SecretKeySpec with, String context, byte[] nonce)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, with, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context.getBytes(UTF_8));
        return cipher;
    }
}
