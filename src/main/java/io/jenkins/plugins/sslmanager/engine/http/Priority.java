package io.jenkins.plugins.sslmanager.engine.http;

import io.jenkins.plugins.sslmanager.engine.api.Task;

/** Which requests go out first while the service's limit holds others up; the most urgent one comes first. */
public enum Priority {
    /** Orders and confirmations, and what a person waits for at a form. */
    URGENT,
    /** How far a job is, and what an order that has ended brought. */
    WAIT,
    /** Everything that can be looked at later as well: lists, and checks for being due. */
    LOOK;

    /**
     * What a call has unless its caller knows better, who alone can tell a look at a certificate for being due, see {@link
     * io.jenkins.plugins.sslmanager.engine.api.SslManagerApi#patient}, from the one that ends an order.
     */
    static Priority of(Task task, boolean repeatable) {
        if (!repeatable) {
            return URGENT;
        }
        return switch (task) {
            case PREPARE_ORDER, REISSUE, RENEW, POLL_CONFIRM, HELLO -> URGENT;
            case POLL_INFO,
                    CERTIFICATE_INFO,
                    JOB_INFO,
                    JOB_HISTORY_INFO,
                    JOB_SEARCH,
                    JOB_HISTORY_SEARCH,
                    CERTIFICATE_JOB_INFO,
                    CERTIFICATE_JOB_HISTORY_INFO,
                    CERTIFICATE_JOB_SEARCH,
                    CERTIFICATE_JOB_HISTORY_SEARCH -> WAIT;
            default -> LOOK;
        };
    }
}
