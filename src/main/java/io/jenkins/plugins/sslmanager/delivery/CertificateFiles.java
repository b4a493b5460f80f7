package io.jenkins.plugins.sslmanager.delivery;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.FilePath;
import hudson.util.Secret;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateChain;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import io.jenkins.plugins.sslmanager.engine.pki.PkiException;
import java.io.IOException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A certificate and its chain as files of a workspace.
 *
 * @param dir a path in the workspace; empty for the workspace itself
 * @param fileNames see {@link FileNames}
 * @param keepPrevious whether files that are there are kept beside the new ones
 * @param key for key stores; null where none is asked for
 * @param password of the key stores; null where none is asked for
 * @param olderEncryption whether PKCS#12 is encrypted for programs that do not know today's encryption
 */
public record CertificateFiles(
        Set<OutputFormat> formats,
        String dir,
        String fileNames,
        boolean keepPrevious,
        @CheckForNull PrivateKey key,
        @CheckForNull Secret password,
        boolean olderEncryption) {

    public static final String USUAL_NAMES = FileNames.DEFAULT;

    /**
     * All that can be checked before there is the certificate.
     *
     * @param current one that stands for it
     * @throws IOException with a message for the user if the files could not be written later
     */
    public void check(FilePath workspace, String certificateName, X509Certificate current)
            throws IOException, InterruptedException {
        for (OutputFormat format : formats) {
            FileNames.of(fileNames, format, certificateName, current);
            if (format.hasKey()) {
                char[] given = requirePassword();
                if (format == OutputFormat.PKCS12) {
                    requirePkcs12(given);
                }
            }
        }
        WorkspaceFiles.find(workspace, "dir", dir);
    }

    /**
     * The certificate that is there by now; empty where there is none, none that can be read, or one for other names, which
     * is another certificate's.
     *
     * @param current the one that would be written
     * @throws IOException with a message for the user if the file cannot be read
     */
    public Optional<X509Certificate> leaf(FilePath workspace, String certificateName, X509Certificate current)
            throws IOException, InterruptedException {
        Optional<OutputFormat> format = formats.stream()
                .filter(OutputFormat::beginsWithLeaf)
                .findFirst()
                .or(() -> formats.stream().filter(OutputFormat::hasKey).findFirst());
        return format.isEmpty()
                ? Optional.empty()
                : leaf(workspace, format.get(), path(format.get(), certificateName, current))
                        .filter(leaf -> Set.copyOf(Certificates.dnsNames(leaf))
                                .equals(Set.copyOf(Certificates.dnsNames(current))));
    }

    /** What a file holds itself; empty where there is none, or none that can be read. */
    private Optional<X509Certificate> leaf(FilePath workspace, OutputFormat format, String path)
            throws IOException, InterruptedException {
        Optional<WorkspaceFiles.Text> file = WorkspaceFiles.find(workspace, "dir", path);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    format.hasKey()
                            ? KeyStores.leaf(format.name(), file.get().bytes(), requirePassword())
                            : Pem.certificates(file.get().content()).get(0));
        } catch (PkiException e) {
            return Optional.empty();
        }
    }

    /** Whether each file is there, and each that holds the leaf itself has this one. */
    boolean areThere(FilePath workspace, String certificateName, CertificateChain chain)
            throws IOException, InterruptedException {
        for (OutputFormat format : formatsOf(chain)) {
            String path = path(format, certificateName, chain.leaf());
            boolean isThere = format.beginsWithLeaf() || format.hasKey()
                    ? leaf(workspace, format, path).filter(chain.leaf()::equals).isPresent()
                    : WorkspaceFiles.exists(workspace, "dir", path);
            if (!isThere) {
                return false;
            }
        }
        return true;
    }

    /** What {@link #write} makes of a certificate, as the build names it, by the label of its format. */
    Map<String, String> paths(FilePath workspace, String certificateName, CertificateChain chain) throws IOException {
        FilePlace place = FilePlace.of(workspace, "dir", dir);
        Map<String, String> paths = new LinkedHashMap<>();
        for (OutputFormat format : formatsOf(chain)) {
            paths.put(format.label(), place.named(FileNames.of(fileNames, format, certificateName, chain.leaf())));
        }
        return paths;
    }

    private List<OutputFormat> formatsOf(CertificateChain chain) {
        return formats.stream()
                .filter(format -> format != OutputFormat.ROOT || chain.root().isPresent())
                .toList();
    }

    private String path(OutputFormat format, String certificateName, X509Certificate leaf) throws AbortException {
        String name = FileNames.of(fileNames, format, certificateName, leaf);
        return dir.isEmpty() ? name : dir + "/" + name;
    }

    /**
     * Makes all files, then writes them: if one cannot be made, none is written.
     *
     * @param log is told what was written, and warned of who may be able to read a key store
     * @throws IOException with a message for the user if a file can't be written
     */
    WrittenFiles write(FilePath workspace, String certificateName, CertificateChain chain, Consumer<String> log)
            throws IOException, InterruptedException {
        Map<OutputFormat, OutputFile> files = new LinkedHashMap<>();
        for (OutputFormat format : formats) {
            String name = FileNames.of(fileNames, format, certificateName, chain.leaf());
            file(format, name, certificateName, chain).ifPresent(file -> files.put(format, file));
        }
        FilePlace place = FilePlace.of(workspace, "dir", dir);
        WrittenFiles written = new WrittenFiles(place, files);
        boolean exposed = WorkspaceFiles.write(workspace, "dir", dir, keepPrevious, List.copyOf(files.values()));
        log.accept("Wrote " + String.join(", ", written.paths().values()));
        if (exposed) {
            log.accept(
                    "Warning: the file system of the agent has no permissions, so others on it may read the private key in"
                            + " the key store");
        }
        for (OutputFile file : files.values()) {
            if (file.isSecret()) {
                KeyFiles.warnOfWebPages(place, "dir", place.named(file.name()), log);
            }
        }
        return written;
    }

    private Optional<OutputFile> file(OutputFormat format, String name, String alias, CertificateChain chain)
            throws AbortException {
        return switch (format) {
            case LEAF -> Optional.of(OutputFile.pem(name, chain.leafPem()));
            case CHAIN -> Optional.of(OutputFile.pem(name, chain.chainPem()));
            case FULLCHAIN -> Optional.of(OutputFile.pem(name, chain.fullchainPem()));
            case ROOT -> chain.rootPem().map(root -> OutputFile.pem(name, root));
            case PKCS12 -> Optional.of(OutputFile.secret(name, pkcs12(chain, alias)));
            case JKS ->
                Optional.of(OutputFile.secret(name, KeyStores.jks(requireKey(), chain, alias, requirePassword())));
        };
    }

    private byte[] pkcs12(CertificateChain chain, String alias) throws AbortException {
        return olderEncryption
                ? KeyStores.olderPkcs12(requireKey(), chain, alias, requirePassword())
                : KeyStores.pkcs12(requireKey(), chain, alias, requirePassword());
    }

    private void requirePkcs12(char[] given) throws AbortException {
        if (!olderEncryption) {
            requireUsable(given);
            return;
        }
        try {
            KeyStores.requireOlderPkcs12();
        } catch (PkiException e) {
            throw new AbortException("formats: " + e.getMessage());
        }
    }

    /**
     * Tries a password before anything is ordered.
     *
     * @throws AbortException if this Java can make no PKCS#12 file with it
     */
    public static void requireUsable(char[] password) throws AbortException {
        try {
            KeyStores.requireUsablePassword(password);
        } catch (PkiException e) {
            throw new AbortException("passwordCredentialsId: " + e.getMessage());
        }
    }

    private PrivateKey requireKey() throws AbortException {
        if (key == null) {
            throw new AbortException(
                    "A key store needs the private key. Set 'keyFile' to its file in the workspace, or leave pkcs12 and jks"
                            + " out of 'formats'");
        }
        return key;
    }

    private char[] requirePassword() throws AbortException {
        if (password == null) {
            throw new AbortException(
                    "A key store needs a password. Set 'passwordCredentialsId' to a credential of the kind"
                            + " 'Secret text', or leave pkcs12 and jks out of 'formats'");
        }
        return password.getPlainText().toCharArray();
    }
}
