package io.jenkins.plugins.sslmanager.engine.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;

/** Forgets the oldest entries, so that a sandbox can run for months. */
final class BoundedMap<K, V> extends LinkedHashMap<K, V> {

    static final int LIMIT = 10_000;

    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > LIMIT;
    }
}
