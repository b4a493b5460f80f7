package io.jenkins.plugins.sslmanager.delivery;

import io.jenkins.plugins.sslmanager.engine.storage.SafeFiles;
import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** A file to be written into a workspace. */
final class OutputFile implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String name;
    private final byte[] content;
    private final boolean secret;

    private OutputFile(String name, byte[] content, boolean secret) {
        this.name = name;
        this.content = content.clone();
        this.secret = secret;
    }

    static OutputFile pem(String name, String pem) {
        return new OutputFile(name, pem.getBytes(StandardCharsets.US_ASCII), false);
    }

    /**
     * Such a file holds a private key.
     *
     * @param content is copied, and overwritten itself
     */
    static OutputFile secret(String name, byte[] content) {
        OutputFile file = new OutputFile(name, content, true);
        Arrays.fill(content, (byte) 0);
        return file;
    }

    String name() {
        return name;
    }

    byte[] content() {
        return content.clone();
    }

    /** @param previous where a file that is there is kept; empty to keep none */
    void replace(Path target, Optional<Path> previous) throws IOException {
        SafeFiles.replaceKeeping(target, content, secret, previous);
    }

    /** Overwrites a secret content, once it is written. */
    void clear() {
        if (secret) {
            Arrays.fill(content, (byte) 0);
        }
    }

    boolean isSecret() {
        return secret;
    }
}
