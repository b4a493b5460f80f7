package io.jenkins.plugins.sslmanager.engine.sandbox.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxAccount;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxTask;
import io.jenkins.plugins.sslmanager.engine.sandbox.TaskRefused;

/**
 * A request for a task, the same for both protocols. Each method reads the part that it is named for, and throws
 * {@link TaskRefused} where the request lacks it, so a task asks for no more than it needs.
 */
interface TaskRequest {

    /** Null if there is no such task. */
    @CheckForNull
    SandboxTask task();

    @CheckForNull
    String ctid();

    /** Of the certificate, job or notification. */
    long id();

    CertificateData certificateData();

    CertificateOrder order();

    Query query();

    /** Returns the account that asks. */
    SandboxAccount signIn(Sandbox sandbox);

    /** What a request is refused with if {@link #task} is null. */
    TaskRefused noSuchTask();
}
