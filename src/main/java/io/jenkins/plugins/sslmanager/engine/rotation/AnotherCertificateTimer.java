package io.jenkins.plugins.sslmanager.engine.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Duration;

/**
 * How long CertificateInfo has shown somebody else's certificate without a break. Answers lag behind, so it takes a while until
 * that is the last word. Counted in pauses, since clocks jump.
 */
final class AnotherCertificateTimer {

    private final Duration enough;

    @CheckForNull
    private Duration shown;

    /** @param enough how long until it is the last word */
    AnotherCertificateTimer(Duration enough) {
        this.enough = enough;
    }

    /** @param sinceLastLook by the pauses in between */
    boolean isEnough(CertificateLook.Shows shows, Duration sinceLastLook) {
        if (shows != CertificateLook.Shows.ANOTHER) {
            reset();
            return false;
        }
        Duration before = shown;
        Duration now = before == null ? Duration.ZERO : before.plus(sinceLastLook);
        shown = now;
        return now.compareTo(enough) >= 0;
    }

    /** When it is known that the order's job goes on, so that another certificate says nothing. */
    void reset() {
        shown = null;
    }
}
