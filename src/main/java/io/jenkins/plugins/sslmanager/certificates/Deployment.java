package io.jenkins.plugins.sslmanager.certificates;

import static java.util.Objects.requireNonNull;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a job has brought the certificate of a credential to one of its targets. Immutable: a change is a new record.
 *
 * @param job its full name
 * @param target the name that the job gives it; the hosts themselves where a job only looks at what they present
 * @param deployed what the target has got last, since when; null before the first time
 * @param latest what it is to have by the last build
 * @param build the number of the last build that worked on it
 * @param node the id of the step in that build
 * @param at when the outcome was known
 * @param addresses a line for each address that was asked; empty where none was
 */
public record Deployment(
        String job,
        String credentialsId,
        String target,
        @CheckForNull Held deployed,
        Held latest,
        Outcome outcome,
        int build,
        String node,
        Instant at,
        List<String> addresses) {

    /** How the last attempt has ended. */
    public enum Outcome {
        /** The block runs, or was lost together with its Jenkins. */
        BEGUN,
        /** The block has failed, or was aborted. */
        FAILED,
        /** Somebody presents another certificate, or none. */
        NOT_SERVED,
        /** All is as it should be. */
        DEPLOYED
    }

    /** A certificate, and since when it is at a target, or was to be. */
    public record Held(String sha256Fingerprint, String serialNumber, Instant since) {

        /** What stands in a file is checked, too. */
        public Held {
            requireNonNull(sha256Fingerprint, "sha256Fingerprint");
            requireNonNull(serialNumber, "serialNumber");
            requireNonNull(since, "since");
        }

        static Held of(X509Certificate leaf, Instant since) {
            return new Held(Certificates.sha256Fingerprint(leaf), Certificates.serialNumber(leaf), since);
        }

        boolean isSame(@CheckForNull Held other) {
            return other != null && sha256Fingerprint.equals(other.sha256Fingerprint);
        }
    }

    /** What stands in a file is checked, too. */
    public Deployment {
        requireNonNull(job, "job");
        requireNonNull(credentialsId, "credentialsId");
        requireNonNull(target, "target");
        requireNonNull(latest, "latest");
        requireNonNull(outcome, "outcome");
        requireNonNull(node, "node");
        requireNonNull(at, "at");
        addresses = List.copyOf(addresses);
    }

    /**
     * A step of a build that is about to work on a target.
     *
     * @param node the id of the step in the build; empty in a freestyle build
     * @param last what is known of the target
     */
    public static Deployment begun(
            Run<?, ?> build,
            String node,
            String credentialsId,
            String target,
            X509Certificate leaf,
            Optional<Deployment> last,
            Instant now) {
        return new Deployment(
                build.getParent().getFullName(),
                credentialsId,
                target,
                last.map(Deployment::deployed).orElse(null),
                Held.of(leaf, now),
                Outcome.BEGUN,
                build.getNumber(),
                node,
                now,
                List.of());
    }

    /** Good for a file's name and in an address. */
    static String id(String job, String credentialsId, String target) {
        return Util.getDigestOf(job + "\n" + credentialsId + "\n" + target);
    }

    String id() {
        return id(job, credentialsId, target);
    }

    /** Tells whether the target has that certificate, as far as this job has seen. */
    public boolean has(String sha256Fingerprint) {
        return outcome == Outcome.DEPLOYED
                && deployed != null
                && deployed.sha256Fingerprint().equals(sha256Fingerprint);
    }

    /** Returns what is known when the last attempt has ended. */
    public Deployment ended(Outcome end, List<String> lines, Instant now) {
        Held held = end == Outcome.DEPLOYED && !latest.isSame(deployed)
                ? new Held(latest.sha256Fingerprint(), latest.serialNumber(), now)
                : deployed;
        return new Deployment(job, credentialsId, target, held, latest, end, build, node, now, lines);
    }

    Deployment ofJob(String name) {
        return new Deployment(name, credentialsId, target, deployed, latest, outcome, build, node, at, addresses);
    }
}
