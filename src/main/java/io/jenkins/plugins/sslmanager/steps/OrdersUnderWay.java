package io.jenkins.plugins.sslmanager.steps;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Run;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Which build is ordering which certificate, so that two builds never order the same one at once. */
@Extension
public final class OrdersUnderWay {

    private final ConcurrentMap<String, String> builds = new ConcurrentHashMap<>();

    static OrdersUnderWay get() {
        return ExtensionList.lookupSingleton(OrdersUnderWay.class);
    }

    /** @throws IllegalArgumentException if another build is ordering it; the message says which */
    Claim claim(URI service, long certificateId, Run<?, ?> build) {
        return tryClaim(service, certificateId, build)
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "Certificate " + certificateId + " is being ordered by "
                                        + holder(service, certificateId)
                                        + ", and one certificate is re-issued by one build at a time. Run this again when that build has ended"));
    }

    /** Empty if another build is ordering it. */
    Optional<Claim> tryClaim(URI service, long certificateId, Run<?, ?> build) {
        String certificate = key(service, certificateId);
        return builds.putIfAbsent(certificate, build.getFullDisplayName()) == null
                ? Optional.of(() -> builds.remove(certificate))
                : Optional.empty();
    }

    /**
     * For a build that goes on after a restart: its order may be out, and it has to find out what became of it, also if
     * another build was quicker to begin with the same certificate.
     */
    Claim claimAgain(URI service, long certificateId, Run<?, ?> build) {
        return tryClaim(service, certificateId, build).orElse(() -> {});
    }

    /** The build that is ordering it. */
    String holder(URI service, long certificateId) {
        return builds.getOrDefault(key(service, certificateId), "a build that has just ended");
    }

    private static String key(URI service, long certificateId) {
        return service + " " + certificateId;
    }

    /** Held while a build orders. */
    @FunctionalInterface
    interface Claim {
        void release();
    }
}
