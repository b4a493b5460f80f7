package io.jenkins.plugins.sslmanager.delivery;

import hudson.model.InvisibleAction;
import hudson.model.Run;

/** Which job of the service a certificate of this build comes from. */
public final class EndedJob extends InvisibleAction {

    private final long jobId;
    private final long certificateId;

    private EndedJob(long jobId, long certificateId) {
        this.jobId = jobId;
        this.certificateId = certificateId;
    }

    public static void record(Run<?, ?> build, long jobId, long certificateId) {
        build.addAction(new EndedJob(jobId, certificateId));
    }

    /** 0 if the build has waited for none of this certificate. */
    static long idOf(Run<?, ?> build, long certificateId) {
        return build.getActions(EndedJob.class).stream()
                .filter(ended -> ended.certificateId == certificateId)
                .mapToLong(ended -> ended.jobId)
                .reduce(0, (earlier, later) -> later);
    }
}
