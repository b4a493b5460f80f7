package io.jenkins.plugins.sslmanager.engine.orders;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** A key store whose key a test can take away or exchange. */
final class KeyStoreInMemory implements SealingKeyStore {

    @CheckForNull
    byte[] key;

    int created;

    @Override
    public byte[] read() {
        return key == null ? null : key.clone();
    }

    @Override
    public void create(byte[] made) {
        key = made.clone();
        created++;
    }

    @Override
    public String place() {
        return "the secrets of this test";
    }
}
