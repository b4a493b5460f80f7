package io.jenkins.plugins.sslmanager.engine.simulation;

import java.io.IOException;

/** What went wrong where it was delivered, or where control was to be proved. */
final class PlantedTrouble extends IOException {

    private static final long serialVersionUID = 1L;

    PlantedTrouble(String message) {
        super(message);
    }
}
