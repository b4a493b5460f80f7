package io.jenkins.plugins.sslmanager.engine.simulation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.orders.SealingKeyStore;

/** A sealing key that outlives every crash, and that may be away for a life. */
final class StoredSealingKey implements SealingKeyStore {

    @CheckForNull
    private byte[] key;

    private boolean away;

    void setAway(boolean isAway) {
        away = isAway && key != null;
    }

    @Override
    @CheckForNull
    public byte[] read() {
        return key == null || away ? null : key.clone();
    }

    @Override
    public void create(byte[] made) {
        key = made.clone();
    }

    @Override
    public String place() {
        return "the simulation";
    }
}
