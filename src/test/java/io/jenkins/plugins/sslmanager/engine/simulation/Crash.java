package io.jenkins.plugins.sslmanager.engine.simulation;

/** Ends what a controller is doing right now; an error, so that nothing in the engine takes it for trouble and goes on. */
final class Crash extends Error {

    private static final long serialVersionUID = 1L;

    Crash(CrashPoint point) {
        super(point.toString(), null, false, false);
    }
}
