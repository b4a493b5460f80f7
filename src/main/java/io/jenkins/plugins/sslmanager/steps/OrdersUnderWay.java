package io.jenkins.plugins.sslmanager.steps;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Run;
import java.net.URI;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Which build is ordering which certificate, so that two builds never order the same one at once. */
@Extension
public final class OrdersUnderWay {

    private final ConcurrentMap<String, String> builds = new ConcurrentHashMap<>();

    static OrdersUnderWay get() {
        return ExtensionList.lookupSingleton(OrdersUnderWay.class);
    }

    /** @throws IllegalArgumentException if another build is ordering it */
    Claim claim(URI service, long certificateId, Run<?, ?> build) {
        String certificate = service + " " + certificateId;
        String other = builds.putIfAbsent(certificate, build.getFullDisplayName());
        if (other != null) {
            throw new IllegalArgumentException(
                    "Certificate " + certificateId + " is being ordered by " + other
                            + ", and one certificate is re-issued by one build at a time. Run this again when that build has ended");
        }
        return () -> builds.remove(certificate);
    }

    /**
     * For a build that goes on after a restart: its order may be out, and it has to find out what became of it, also if
     * another build was quicker to begin with the same certificate.
     */
    Claim claimAgain(URI service, long certificateId, Run<?, ?> build) {
        String certificate = service + " " + certificateId;
        return builds.putIfAbsent(certificate, build.getFullDisplayName()) == null
                ? () -> builds.remove(certificate)
                : () -> {};
    }

    /** Held while a build orders. */
    @FunctionalInterface
    interface Claim {
        void release();
    }
}
