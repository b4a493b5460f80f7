package io.jenkins.plugins.sslmanager.engine.vault;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.FileNames;
import io.jenkins.plugins.sslmanager.engine.storage.RecordFiles;
import io.jenkins.plugins.sslmanager.engine.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The entries of the vault, in memory and each in a file, which is replaced as a whole. A file's name says which certificate it is
 * for, so that a damaged one is never taken for none.
 */
final class VaultEntries {

    private static final Pattern NAME = Pattern.compile("(.+)-([0-9]{1,18})-[0-9a-f]+");

    private final RecordFiles<VaultEntry> files;
    private final UnaryOperator<CertificateId> current;
    private final Map<String, VaultEntry> entries = new LinkedHashMap<>();

    /**
     * @param current the number that a certificate has now
     * @param report a line for an administrator for each file that is damaged
     * @throws IOException if the folder cannot be made or read
     */
    VaultEntries(Path folder, UnaryOperator<CertificateId> current, Consumer<String> report) throws IOException {
        this.current = current;
        files = new RecordFiles<>(folder, VaultEntry.class, VaultEntries::fileName);
        files.readAll(report).forEach(entry -> entries.put(entry.id(), entry));
    }

    /** Without its suffix. */
    static String fileName(VaultEntry entry) {
        return FileNames.ofSystem(entry.certificate().system()) + "-"
                + entry.certificate().number() + "-" + entry.id();
    }

    synchronized List<VaultEntry> all() {
        return List.copyOf(entries.values());
    }

    @CheckForNull
    synchronized VaultEntry withId(String id) {
        return entries.get(id);
    }

    /** Those of a certificate, by whatever number it has or had, beside what is damaged. */
    synchronized List<VaultEntry> of(CertificateId certificate) {
        CertificateId number = current.apply(certificate);
        return entries.values().stream()
                .filter(entry -> current.apply(entry.certificate()).equals(number))
                .toList();
    }

    /** @throws StorageException if it cannot be kept; then all is as before */
    synchronized void write(VaultEntry entry) {
        try {
            files.write(entry);
        } catch (IOException e) {
            throw new StorageException(
                    entry + " cannot be written into the vault",
                    "Check the permissions of the folder and the space on its disk.",
                    e);
        }
        entries.put(entry.id(), entry);
    }

    /** The names of the files that were put aside. */
    List<String> damaged() {
        try {
            return files.damaged();
        } catch (IOException e) {
            throw new StorageException("The vault cannot be read", "Check the folder's permissions.", e);
        }
    }

    /** @throws VaultException if a damaged record may be of this certificate */
    void requireUndamaged(CertificateId certificate) {
        CertificateId number = current.apply(certificate);
        Optional<String> damaged =
                damaged().stream().filter(name -> mayBe(name, number)).findFirst();
        if (damaged.isPresent()) {
            throw new VaultException(
                    "The vault's record " + damaged.get()
                            + " is damaged, so it is not known whether the vault has certificate "
                            + number
                            + ". Nothing was ordered for want of its key. An administrator restores that file from a"
                            + " backup, or deletes it if the certificate must be ordered anew",
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
}
