package io.jenkins.plugins.sslmanager.engine.simulation;

import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys of a schedule's orders, each for one order. They are RSA keys, whose signatures are checked much faster than others,
 * and are made once for all schedules.
 */
final class Keys {

    private static final List<KeyPair> MADE = new ArrayList<>();

    private int given;

    /** One that no order of this schedule has. */
    KeyPair next() {
        synchronized (MADE) {
            if (given == MADE.size()) {
                MADE.add(KeyAlgorithm.RSA_2048.generate());
            }
            return MADE.get(given++);
        }
    }
}
