package io.jenkins.plugins.sslmanager.engine.sandbox.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.sandbox.Behaviour;
import java.util.List;
import java.util.Map;

/**
 * A request to the sandbox and its answer, as the service meant it: before a {@link Behaviour} loses or cuts it. The names of
 * the headers are in any case.
 *
 * @param task that was asked for, whichever the protocol; null if there is no such task
 * @param path with that of the base URL
 * @param query without the question mark; empty if there is none
 */
public record Exchange(
        @CheckForNull Task task,
        String method,
        String path,
        String query,
        Map<String, List<String>> requestHeaders,
        byte[] requestBody,
        int status,
        Map<String, String> responseHeaders,
        byte[] responseBody) {

    /** Without headers and bodies, since they hold credentials and CSRs. */
    @Override
    public String toString() {
        return method + " " + path + " " + status;
    }
}
