package io.jenkins.plugins.sslmanager.engine.simulation;

import io.jenkins.plugins.sslmanager.engine.sandbox.Behaviour;

/**
 * A certificate, whatever number it has by now.
 *
 * @param firstNumber the one that jobs are configured with
 */
record SimulatedCertificate(String name, long firstNumber, Behaviour behaviour) {

    @Override
    public String toString() {
        return name + " (" + firstNumber + ")";
    }
}
