package io.jenkins.plugins.sslmanager.engine.orders;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** A sealing key that outlives the order book of a test, and that a test can take away. */
public final class KeyInMemory implements SealingKeyStore {

    @CheckForNull
    private byte[] key;

    @Override
    @CheckForNull
    public byte[] read() {
        return key == null ? null : key.clone();
    }

    @Override
    public void create(byte[] made) {
        key = made.clone();
    }

    @Override
    public String place() {
        return "the test's memory";
    }

    /** What a broken folder of secrets leaves. */
    public void lose() {
        key = null;
    }
}
