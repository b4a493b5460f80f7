package io.jenkins.plugins.sslmanager.engine.sandbox;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What happens to a certificate at the sandbox, chosen by the first label of its name: {@code job-failed.example.com} is
 * {@link #JOB_FAILED}. What the {@code ANSWER_…}, {@link #BUSY} and {@link #UNAVAILABLE} do, they do to the tasks that name a
 * certificate: CertificatePrepareOrder, CertificateReissue and CertificateInfo.
 */
public enum Behaviour {
    /** The job runs for the sandbox's delay and succeeds. Also every name that is not listed here. */
    ORDINARY(JobStatus.RUNNING, 1, JobStatus.SUCCESS),
    /** The job ends as FAILED. */
    JOB_FAILED(JobStatus.RUNNING, 1, JobStatus.FAILED),
    /** The job ends as CANCELED. */
    JOB_CANCELED(JobStatus.RUNNING, 1, JobStatus.CANCELED),
    /** The job is in SUPPORT from the start, for ever. */
    JOB_SUPPORT(JobStatus.SUPPORT, 0, null),
    /** The job is DEFERRED until the proof of control is found, which takes three times the delay, and succeeds. */
    JOB_DEFERRED(JobStatus.DEFERRED, 3, JobStatus.SUCCESS),
    /** The job runs for ten times the delay. */
    JOB_SLOW(JobStatus.RUNNING, 10, JobStatus.SUCCESS),
    /** The job is in a state that the service's document does not list, and succeeds. */
    UNKNOWN_STATE(new JobStatus("AWAITING_AUTHORITY"), 1, JobStatus.SUCCESS),
    /** The new certificate has an id of its own; under the known id the old certificate stays. */
    NEW_ID,
    /** The job succeeds, but no notification of it enters the queue. */
    NO_NOTIFICATION,
    /** The new certificate is for another key than the CSR's. */
    WRONG_KEY,
    /** The new certificate has another name in the place of the last one ordered. */
    MISSING_NAME,
    /** The job succeeds, but the certificate is the old one. */
    SAME_SERIAL,
    /** The authorities that come with the certificate have the right names and did not sign it. */
    BROKEN_CHAIN,
    /** The re-issue is accepted, and the connection closed without an answer. */
    ANSWER_LOST,
    /** The task is done, and the answer ends in the middle of its body. */
    ANSWER_CUT,
    /** The task is done, and the answer is an HTML page. */
    ANSWER_HTML,
    /** The first two requests are refused with HTTP 429 and {@code Retry-After: 0}. */
    BUSY,
    /** Every request is refused with HTTP 503. */
    UNAVAILABLE,
    /** The paid term ends with the certificate, so that no re-issue lasts longer. */
    TERM_ENDS,
    /** The new certificate ends when the old one did. */
    SAME_END,
    /** The service wants the certificate to be re-issued, until that has been done. */
    REISSUE_REQUIRED,
    /** An older authority vouches for the root of the new certificate, so that two chains are valid. */
    CROSS_SIGNED,
    /** The new certificate comes in one field with those above it, and as the last of them. */
    CHAIN_IN_SERVER;

    private final JobStatus statusBeforeEnd;
    private final int delays;

    @CheckForNull
    private final JobStatus statusAtEnd;

    Behaviour() {
        this(JobStatus.RUNNING, 1, JobStatus.SUCCESS);
    }

    Behaviour(JobStatus statusBeforeEnd, int delays, @CheckForNull JobStatus statusAtEnd) {
        this.statusBeforeEnd = statusBeforeEnd;
        this.delays = delays;
        this.statusAtEnd = statusAtEnd;
    }

    /** Returns the behaviour of a certificate with this name. */
    public static Behaviour of(String certificateName) {
        String label = certificateName.split("\\.", 2)[0];
        return Arrays.stream(values())
                .filter(behaviour -> behaviour.label().equalsIgnoreCase(label))
                .findFirst()
                .orElse(ORDINARY);
    }

    /** The first label of the names that choose it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the name of the certificate that {@link Sandbox.Builder#demoCertificates()} makes for it. */
    public String demoName() {
        return label() + ".example.com";
    }

    JobStatus statusBeforeEnd() {
        return statusBeforeEnd;
    }

    /** Empty where the job never ends. */
    Optional<JobStatus> statusAtEnd() {
        return Optional.ofNullable(statusAtEnd);
    }

    Duration jobTakes(Duration delay) {
        return delay.multipliedBy(delays);
    }
}
