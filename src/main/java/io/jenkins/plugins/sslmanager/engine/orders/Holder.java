package io.jenkins.plugins.sslmanager.engine.orders;

/**
 * Who works on an order at the moment.
 *
 * @param job the job's full name
 * @param build within the job, the same after a restart: a build's number in Jenkins
 * @param execution within the build, the same after a restart: the step's flow node in Jenkins
 */
public record Holder(String job, String build, String execution) {

    /** Whether two executions belong to one build. */
    public boolean isSameBuild(Holder other) {
        return job.equals(other.job) && build.equals(other.build);
    }

    Holder inJob(String name) {
        return new Holder(name, build, execution);
    }

    /** For people. */
    @Override
    public String toString() {
        return job + " " + build;
    }
}
