package io.jenkins.plugins.sslmanager.engine.sandbox;

import io.jenkins.plugins.sslmanager.engine.api.ResponseStatus;
import io.jenkins.plugins.sslmanager.engine.api.StatusType;
import io.jenkins.plugins.sslmanager.engine.api.Task;

/**
 * The tasks with the status that they answer: as in the process page's examples where it has one; the texts of Hello, of
 * the lists and of the job tasks, Hello's code, and the text of all errors are the sandbox's own.
 */
public enum SandboxTask {
    PREPARE_ORDER(Task.PREPARE_ORDER, "CSR key was checked successfully."),
    REISSUE(
            Task.REISSUE,
            new ResponseStatus("N400101", "Certificate order was started successfully.", StatusType.NOTIFY)),
    /** As in the example of InterNetX's help page "Certificate Renew". */
    RENEW(Task.RENEW, new ResponseStatus("N400106", "Certificate renew was started successfully.", StatusType.NOTIFY)),
    CERTIFICATE_INFO(Task.CERTIFICATE_INFO, "Certificate data were inquired successfully."),
    POLL_INFO(Task.POLL_INFO, "The notification was polled successfully."),
    POLL_CONFIRM(Task.POLL_CONFIRM, "The notification was confirmed successfully."),
    CERTIFICATE_SEARCH(Task.CERTIFICATE_SEARCH, "The certificates were inquired successfully."),
    JOB_INFO(Task.JOB_INFO, "The job was inquired successfully."),
    JOB_HISTORY_INFO(Task.JOB_HISTORY_INFO, "The finished job was inquired successfully."),
    JOB_SEARCH(Task.JOB_SEARCH, "The jobs were inquired successfully."),
    JOB_HISTORY_SEARCH(Task.JOB_HISTORY_SEARCH, "The finished jobs were inquired successfully."),
    HELLO(Task.HELLO, "Hello.");

    private final Task task;
    private final ResponseStatus done;
    private final ResponseStatus refused;

    SandboxTask(Task task, String textWhenDone) {
        this(task, new ResponseStatus("S" + number(task), textWhenDone, StatusType.SUCCESS));
    }

    SandboxTask(Task task, ResponseStatus done) {
        this.task = task;
        this.done = done;
        refused = new ResponseStatus("E" + number(task), "Errors occurred during processing.", StatusType.ERROR);
    }

    private static String number(Task task) {
        return task.code().isEmpty() ? "00000" : task.code();
    }

    public Task task() {
        return task;
    }

    public ResponseStatus done() {
        return done;
    }

    public ResponseStatus refused() {
        return refused;
    }
}
