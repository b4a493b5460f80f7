package io.jenkins.plugins.sslmanager.delivery;

import java.io.Serial;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

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

    /** Such a file holds a private key. */
    static OutputFile secret(String name, byte[] content) {
        return new OutputFile(name, content, true);
    }

    String name() {
        return name;
    }

    byte[] content() {
        return content.clone();
    }

    /** Overwrites the content, once it is written. */
    void clear() {
        Arrays.fill(content, (byte) 0);
    }

    boolean isSecret() {
        return secret;
    }
}
