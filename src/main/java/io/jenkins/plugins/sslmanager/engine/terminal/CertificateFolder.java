package io.jenkins.plugins.sslmanager.engine.terminal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateChain;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import io.jenkins.plugins.sslmanager.engine.pki.PkiException;
import io.jenkins.plugins.sslmanager.engine.pki.UsualFileNames;
import io.jenkins.plugins.sslmanager.engine.storage.SafeFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder of one certificate. What is in use stays whole until the new certificate and its key take its place, and no key is
 * ever overwritten.
 */
final class CertificateFolder {

    private static final Pattern PLAIN_IN_A_SHELL = Pattern.compile("[A-Za-z0-9._/:+@-]+");

    private final Path folder;

    /** @throws InputException if it cannot be made or written to */
    CertificateFolder(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new InputException("--out " + folder + " cannot be made: " + SafeFiles.reason(e)
                    + ". Give a folder that may be written to.");
        }
        if (!Files.isWritable(folder)) {
            throw new InputException(
                    "--out " + folder + " cannot be written to. Give another folder, or change its permissions.");
        }
    }

    /** Returns a certificate's name as the name of a folder: on every platform, and never a way out of the parent. */
    static String nameFor(String certificateName) {
        return certificateName.replaceAll("^\\.|[^A-Za-z0-9.-]", "_");
    }

    /**
     * @param certificateName what the key will be for
     * @throws InputException if the folder has the key of another certificate
     */
    void requireRoomForNewKey(String certificateName) {
        if (Files.exists(folder.resolve(UsualFileNames.KEY))
                && leafOf(certificateName).filter(this::hasItsKey).isEmpty()) {
            throw new InputException(folder.resolve(UsualFileNames.KEY) + " exists, and " + UsualFileNames.LEAF
                    + " beside it is not a certificate for " + certificateName
                    + " with this key. Give another folder with --out, or move the key away.");
        }
    }

    /** @throws InputException if the folder has a key, and it is not that of the CSR */
    void requireNoKeyBut(PublicKey ofCsr) {
        Path key = folder.resolve(UsualFileNames.KEY);
        if (Files.exists(key) && !KeyStores.isPair(readKey(), ofCsr)) {
            throw new InputException(
                    key + " is not the key of the CSR, and would lie beside a certificate that it does not"
                            + " fit. Give another folder with --out, or move the key away.");
        }
    }

    /**
     * Puts the certificate into its place, and at last its new key; each file is whole at any time. Called once more after a crash,
     * it goes on where that left the files.
     *
     * @param newKey null where the CSR was brought along
     * @param log told where a former key is kept
     * @throws PkiException if the key is not the certificate's
     * @throws InputException if the folder has a key that does not belong here; nothing was changed
     */
    void complete(CertificateChain chain, @CheckForNull PrivateKey newKey, Consumer<String> log) throws IOException {
        PublicKey published = chain.leaf().getPublicKey();
        if (newKey == null) {
            requireNoKeyBut(published);
        } else {
            KeyStores.requirePair(newKey, chain.leaf());
            keepFormerKey(published, log);
        }
        SafeFiles.replace(folder.resolve(UsualFileNames.LEAF), chain.leafPem().getBytes(US_ASCII));
        SafeFiles.replace(folder.resolve(UsualFileNames.CHAIN), chain.chainPem().getBytes(US_ASCII));
        SafeFiles.replace(
                folder.resolve(UsualFileNames.FULLCHAIN), chain.fullchainPem().getBytes(US_ASCII));
        if (chain.rootPem().isPresent()) {
            SafeFiles.replace(
                    folder.resolve(UsualFileNames.ROOT), chain.rootPem().get().getBytes(US_ASCII));
        } else {
            Files.deleteIfExists(folder.resolve(UsualFileNames.ROOT));
        }
        if (newKey != null) {
            SafeFiles.replacePrivate(
                    folder.resolve(UsualFileNames.KEY), Pem.encode(newKey).getBytes(US_ASCII));
        }
    }

    /** As a copy, so that there is a key in its place at any time. */
    private void keepFormerKey(PublicKey published, Consumer<String> log) throws IOException {
        Path key = folder.resolve(UsualFileNames.KEY);
        if (!Files.exists(key) || KeyStores.isPair(readKey(), published)) {
            return;
        }
        byte[] former = Files.readAllBytes(key);
        Optional<X509Certificate> leaf = leaf().filter(this::hasItsKey);
        if (leaf.isPresent()) {
            Path kept = folder.resolve("key-" + serialNumber(leaf.get()) + ".pem");
            SafeFiles.replacePrivate(kept, former);
            log.accept("The former key is kept as " + kept);
        } else if (!isKept(former)) {
            throw new InputException(
                    key + " exists, and " + UsualFileNames.LEAF + " beside it is not its certificate. The new"
                            + " certificate waits in the order book: move the key away, and run this again.");
        }
    }

    /** Tells whether a delivery that was cut off has kept this key before. */
    private boolean isKept(byte[] key) throws IOException {
        try (DirectoryStream<Path> kept = Files.newDirectoryStream(folder, "key-*.pem")) {
            for (Path each : kept) {
                if (Arrays.equals(key, Files.readAllBytes(each))) {
                    return true;
                }
            }
        }
        return false;
    }

    Path path() {
        return folder;
    }

    /** Returns its path and its files. */
    String description() {
        return folder + ": "
                + Stream.of(
                                UsualFileNames.LEAF,
                                UsualFileNames.CHAIN,
                                UsualFileNames.FULLCHAIN,
                                UsualFileNames.ROOT,
                                UsualFileNames.KEY)
                        .filter(file -> Files.exists(folder.resolve(file)))
                        .collect(Collectors.joining(", "));
    }

    /** Returns a line for a shell that has openssl judge the files. */
    String verification(CertificateChain chain) {
        String intermediates = chain.intermediates().isEmpty() ? "" : " -untrusted " + quoted(UsualFileNames.CHAIN);
        String trusted = chain.root().isPresent()
                ? "-CAfile " + quoted(UsualFileNames.ROOT) + intermediates
                : "-partial_chain -trusted " + quoted(UsualFileNames.CHAIN);
        return "openssl verify " + trusted + " " + quoted(UsualFileNames.LEAF);
    }

    private String quoted(String file) {
        String path = folder.resolve(file).toString();
        return PLAIN_IN_A_SHELL.matcher(path).matches() ? path : "'" + path.replace("'", "'\\''") + "'";
    }

    /** Returns the certificate of an earlier run, if it is for that name. */
    Optional<X509Certificate> leafOf(String certificateName) {
        return leaf().filter(leaf -> Certificates.dnsNames(leaf).contains(certificateName.toLowerCase(Locale.ROOT)));
    }

    private boolean hasItsKey(X509Certificate leaf) {
        return KeyStores.isPair(readKey(), leaf.getPublicKey());
    }

    private Optional<X509Certificate> leaf() {
        try {
            return Optional.of(Pem.certificate(Files.readString(folder.resolve(UsualFileNames.LEAF), ISO_8859_1)));
        } catch (IOException | PkiException e) {
            return Optional.empty();
        }
    }

    private static String serialNumber(X509Certificate certificate) {
        return Certificates.serialNumber(certificate).toLowerCase(Locale.ROOT);
    }

    private PrivateKey readKey() {
        Path key = folder.resolve(UsualFileNames.KEY);
        try {
            return Pem.privateKey(Files.readString(key, ISO_8859_1));
        } catch (IOException e) {
            throw new InputException(key + " cannot be read: " + SafeFiles.reason(e)
                    + ". Give another folder with --out, or move the key away.");
        } catch (PkiException e) {
            throw new InputException(
                    key + ": " + e.getMessage() + " Or give another folder with --out, or move the key away.");
        }
    }
}
