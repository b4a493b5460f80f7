package io.jenkins.plugins.sslmanager.engine.terminal;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.orders.SealingKeyStore;
import io.jenkins.plugins.sslmanager.engine.storage.SafeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/**
 * The sealing key in a file that only its owner can read from its first moment on, where the file system has such permissions.
 * Whoever has this file and the order book has the private keys.
 */
public final class SealingKeyFile implements SealingKeyStore {

    private final Path file;

    public SealingKeyFile(Path file) {
        this.file = file;
    }

    @Override
    @CheckForNull
    public byte[] read() throws IOException {
        return stored().orElse(null);
    }

    private Optional<byte[]> stored() throws IOException {
        try {
            return Optional.of(Base64.getDecoder().decode(Files.readAllBytes(file)));
        } catch (NoSuchFileException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public void create(byte[] key) throws IOException {
        SafeFiles.replacePrivate(file, Base64.getEncoder().encode(key));
    }

    @Override
    public String place() {
        return "the file " + file;
    }
}
