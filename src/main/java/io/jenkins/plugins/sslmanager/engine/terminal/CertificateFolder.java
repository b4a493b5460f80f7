package io.jenkins.plugins.sslmanager.engine.terminal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.jenkins.plugins.sslmanager.engine.pki.CertificateChain;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import io.jenkins.plugins.sslmanager.engine.pki.PkiException;
import io.jenkins.plugins.sslmanager.engine.storage.SafeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder of one certificate. A new key lies beside the former one as {@code key.new.pem} until its certificate is there,
 * so that what is in use stays whole; no key is ever overwritten.
 */
final class CertificateFolder {

    private static final String LEAF = "leaf.pem";
    private static final String CHAIN = "chain.pem";
    private static final String FULLCHAIN = "fullchain.pem";
    private static final String ROOT = "root.pem";
    private static final String KEY = "key.pem";
    private static final String NEW_KEY = "key.new.pem";

    private static final Pattern PLAIN_IN_A_SHELL = Pattern.compile("[A-Za-z0-9._/:+@-]+");

    private final Path folder;
    private boolean keptNewKey;

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

    /** A certificate's name as the name of a folder: on every platform, and never a way out of the parent. */
    static String nameFor(String certificateName) {
        return certificateName.replaceAll("^\\.|[^A-Za-z0-9.-]", "_");
    }

    /**
     * @param certificateName what the key will be for
     * @throws InputException if the folder has the key of another certificate, or of an order that was not completed
     */
    void requireRoomForNewKey(String certificateName) {
        if (Files.exists(folder.resolve(NEW_KEY))) {
            throw new InputException(
                    folder.resolve(NEW_KEY) + " is the key of an order that did not come to its end here."
                            + " Move it away if its certificate is still wanted, or else delete it; or give another folder with"
                            + " --out.");
        }
        if (Files.exists(folder.resolve(KEY)) && formerLeaf(certificateName).isEmpty()) {
            throw new InputException(folder.resolve(KEY) + " exists, and " + LEAF
                    + " beside it is not a certificate for " + certificateName
                    + " with this key. Give another folder with --out, or move the key away.");
        }
    }

    /** @throws InputException if the folder has a key, and it is not the CSR's */
    void requireNoKeyBut(CertificateSigningRequest csr) {
        Path key = folder.resolve(KEY);
        if (Files.exists(key) && !KeyPairs.match(readKey(), csr.publicKey())) {
            throw new InputException(
                    key + " is not the key of the CSR, and would lie beside a certificate that it does not"
                            + " fit. Give another folder with --out, or move the key away.");
        }
    }

    /**
     * Writes it with the permissions 0600 from the start.
     *
     * @param warnings told where the file system has no such permissions
     * @return the file
     */
    Path keepNewKey(PrivateKey key, Consumer<String> warnings) throws IOException {
        Path file = folder.resolve(NEW_KEY);
        SafeFiles.createPrivate(file, Pem.encode(key).getBytes(US_ASCII));
        if (!SafeFiles.canBePrivate(folder)) {
            warnings.accept("Warning: the permissions of " + file
                    + " cannot be restricted on this file system. Make sure that nobody else can read the folder.");
        }
        keptNewKey = true;
        return file;
    }

    /**
     * Puts the certificate into its place, and at last its new key, if there is one; each file is whole at any time.
     *
     * @param log told where a former key is kept
     */
    void complete(CertificateChain chain, Consumer<String> log) throws IOException {
        Path newKey = folder.resolve(NEW_KEY);
        Path key = folder.resolve(KEY);
        boolean replacesKey = keptNewKey && Files.exists(key);
        Path formerKey = replacesKey ? folder.resolve("key-" + serialNumber(readLeaf()) + ".pem") : null;
        SafeFiles.replace(folder.resolve(LEAF), chain.leafPem().getBytes(US_ASCII));
        SafeFiles.replace(folder.resolve(CHAIN), chain.chainPem().getBytes(US_ASCII));
        SafeFiles.replace(folder.resolve(FULLCHAIN), chain.fullchainPem().getBytes(US_ASCII));
        if (chain.rootPem().isPresent()) {
            SafeFiles.replace(folder.resolve(ROOT), chain.rootPem().get().getBytes(US_ASCII));
        } else {
            Files.deleteIfExists(folder.resolve(ROOT));
        }
        if (formerKey != null) {
            SafeFiles.move(key, formerKey);
            log.accept("The former key is kept as " + formerKey);
        }
        if (keptNewKey) {
            SafeFiles.move(newKey, key);
        }
    }

    /** Its path and its files. */
    String description() {
        return folder + ": "
                + Stream.of(LEAF, CHAIN, FULLCHAIN, ROOT, KEY)
                        .filter(file -> Files.exists(folder.resolve(file)))
                        .collect(Collectors.joining(", "));
    }

    /** A line for a shell that has openssl judge the files. */
    String verification(CertificateChain chain) {
        String intermediates = chain.intermediates().isEmpty() ? "" : " -untrusted " + quoted(CHAIN);
        String trusted = chain.root().isPresent()
                ? "-CAfile " + quoted(ROOT) + intermediates
                : "-partial_chain -trusted " + quoted(CHAIN);
        return "openssl verify " + trusted + " " + quoted(LEAF);
    }

    private String quoted(String file) {
        String path = folder.resolve(file).toString();
        return PLAIN_IN_A_SHELL.matcher(path).matches() ? path : "'" + path.replace("'", "'\\''") + "'";
    }

    /** The certificate of an earlier run, if key.pem is its key and it is for that name. */
    private Optional<X509Certificate> formerLeaf(String certificateName) {
        try {
            return Optional.of(readLeaf())
                    .filter(leaf -> Certificates.dnsNames(leaf).contains(certificateName.toLowerCase(Locale.ROOT)))
                    .filter(leaf -> KeyPairs.match(readKey(), leaf.getPublicKey()));
        } catch (IOException | PkiException e) {
            return Optional.empty();
        }
    }

    private static String serialNumber(X509Certificate certificate) {
        return Certificates.serialNumber(certificate).toLowerCase(Locale.ROOT);
    }

    private X509Certificate readLeaf() throws IOException {
        return Pem.certificate(Files.readString(folder.resolve(LEAF), ISO_8859_1));
    }

    private PrivateKey readKey() {
        Path key = folder.resolve(KEY);
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
