package io.jenkins.plugins.sslmanager.engine.orders;

import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import java.nio.charset.StandardCharsets;

/** Names that every file system can keep apart, also one that ignores case or knows reserved names. */
public final class FileNames {

    private static final int READABLE_LENGTH = 60;
    private static final int HASH_LENGTH = 12;

    private FileNames() {}

    /** The system itself if it is a plain word, else what can be read of it and a part of its hash. */
    public static String ofSystem(String system) {
        String readable = system.replaceAll("[^a-z0-9]", "_");
        if (readable.equals(system) && system.length() <= READABLE_LENGTH) {
            return system;
        }
        String hash = Certificates.sha256Hex(system.getBytes(StandardCharsets.UTF_8));
        return readable.substring(0, Math.min(READABLE_LENGTH, readable.length())) + "_"
                + hash.substring(0, HASH_LENGTH);
    }
}
