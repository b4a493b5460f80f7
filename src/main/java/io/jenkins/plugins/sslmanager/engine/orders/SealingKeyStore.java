package io.jenkins.plugins.sslmanager.engine.orders;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;

/** Where the one key lies that seals all others. */
public interface SealingKeyStore {

    /** @return null where there is none, or none that can be read */
    @CheckForNull
    byte[] read() throws IOException;

    /** Keeps a new one for good; it is on the disk when this returns. Called once in the life of an order book. */
    void create(byte[] key) throws IOException;

    /** What a person has to restore when the key is gone, such as a file. */
    String place();
}
