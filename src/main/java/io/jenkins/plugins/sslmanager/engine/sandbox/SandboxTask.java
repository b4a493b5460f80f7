package io.jenkins.plugins.sslmanager.engine.sandbox;

import io.jenkins.plugins.sslmanager.engine.api.ResponseStatus;
import io.jenkins.plugins.sslmanager.engine.api.StatusType;

/**
 * The tasks with the status that they answer: as in the process page's examples where it has one; the texts of Hello and of
 * the job tasks, Hello's code, and the text of all errors are the sandbox's own.
 */
enum SandboxTask {
    PREPARE_ORDER("400110", "CSR key was checked successfully."),
    REISSUE("400102", new ResponseStatus("N400101", "Certificate order was started successfully.", StatusType.NOTIFY)),
    CERTIFICATE_INFO("400104", "Certificate data were inquired successfully."),
    POLL_INFO("0905", "The notification was polled successfully."),
    POLL_CONFIRM("0906", "The notification was confirmed successfully."),
    JOB_INFO("300114", "The job was inquired successfully."),
    JOB_HISTORY_INFO("300134", "The finished job was inquired successfully."),
    JOB_SEARCH("300115", "The jobs were inquired successfully."),
    JOB_HISTORY_SEARCH("300135", "The finished jobs were inquired successfully."),
    HELLO("00000", "Hello.");

    private final ResponseStatus done;
    private final ResponseStatus refused;

    SandboxTask(String code, String textWhenDone) {
        this(code, new ResponseStatus("S" + code, textWhenDone, StatusType.SUCCESS));
    }

    SandboxTask(String code, ResponseStatus done) {
        this.done = done;
        refused = new ResponseStatus("E" + code, "Errors occurred during processing.", StatusType.ERROR);
    }

    ResponseStatus done() {
        return done;
    }

    ResponseStatus refused() {
        return refused;
    }
}
