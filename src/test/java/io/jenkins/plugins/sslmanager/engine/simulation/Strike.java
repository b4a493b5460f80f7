package io.jenkins.plugins.sslmanager.engine.simulation;

import java.io.IOException;

/** A power cut or a full disk, once, at the point of this number. */
final class Strike implements SimulatedDisk.Watch {

    private final int when;
    private final boolean deadly;
    private boolean armed = true;
    private int points;

    Strike(int when, boolean deadly) {
        this.when = when;
        this.deadly = deadly;
    }

    static Strike never() {
        return new Strike(Integer.MAX_VALUE, false);
    }

    void arm() {
        armed = true;
    }

    void disarm() {
        armed = false;
    }

    @Override
    public void reach(CrashPoint point) throws IOException {
        if (armed && ++points == when) {
            if (deadly) {
                throw new Crash(point);
            }
            throw new IOException("No space left on device");
        }
    }

    @Override
    public void requireAlive() {
        if (deadly && points >= when) {
            throw new Crash(CrashPoint.AT_ANY_TIME);
        }
    }

    boolean hasStruck() {
        return points >= when;
    }
}
