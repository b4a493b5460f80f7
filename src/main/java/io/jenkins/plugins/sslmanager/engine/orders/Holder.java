package io.jenkins.plugins.sslmanager.engine.orders;

import java.util.Objects;

/**
 * Who works on an order at the moment.
 *
 * @param job the job's full name
 * @param build within the job, the same after a restart: a build's number in Jenkins
 * @param execution no other one has it, whatever its job or build; the same after a restart
 */
public record Holder(String job, String build, String execution) {

    /** Also of what stands in a file. */
    public Holder {
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(build, "build");
        Objects.requireNonNull(execution, "execution");
    }

    Holder withJob(String other) {
        return new Holder(other, build, execution);
    }

    /** Tells whether two executions belong to one build. */
    public boolean isSameBuild(Holder other) {
        return job.equals(other.job) && build.equals(other.build);
    }

    /** For people. */
    @Override
    public String toString() {
        return job + " " + build;
    }
}
