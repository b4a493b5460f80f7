package io.jenkins.plugins.sslmanager.engine.orders;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * To whom an order and its key belong.
 *
 * @param job whose builds may go on with it: a full name in Jenkins, a folder in the terminal; null once that job is deleted
 * @param startedBy who or what started the build that ordered, for people
 */
public record Owner(@CheckForNull String job, String startedBy) {

    boolean isJob(String other) {
        return other.equals(job);
    }

    Owner withJob(@CheckForNull String other) {
        return new Owner(other, startedBy);
    }
}
