package io.jenkins.plugins.sslmanager.orders;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.orders.SealingKeyStore;
import io.jenkins.plugins.sslmanager.engine.storage.SafeFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jenkins.model.Jenkins;
import jenkins.security.ConfidentialKey;

/**
 * The key that seals private keys, in Jenkins' confidential store. The subclasses in core make a new key where they find none or
 * a broken one, which would make every sealed key worthless without a word; this one never does.
 */
final class SealingKey extends ConfidentialKey implements SealingKeyStore {

    private static final String ID = "io.jenkins.plugins.sslmanager.orders.SealingKey";

    SealingKey() {
        super(ID);
    }

    @Override
    @CheckForNull
    public byte[] read() throws IOException {
        requireRunningJenkins();
        return load();
    }

    @Override
    public void create(byte[] key) throws IOException {
        requireRunningJenkins();
        store(key);
        // Core's store leaves it to the operating system when the key reaches the disk.
        Path file = Jenkins.get().getRootDir().toPath().resolve("secrets").resolve(ID);
        if (Files.exists(file)) {
            try (FileChannel open = FileChannel.open(file, StandardOpenOption.WRITE)) {
                open.force(true);
            }
            SafeFiles.force(file.resolveSibling("."));
        }
        requireRunningJenkins();
    }

    /** Without a Jenkins, core has a store that forgets everything. */
    private static void requireRunningJenkins() throws IOException {
        if (ControllerShutdown.hasBegun()) {
            throw new IOException("Jenkins is shutting down");
        }
    }

    @Override
    public String place() {
        return "Jenkins' folder 'secrets'";
    }
}
