package io.jenkins.plugins.sslmanager.engine.sandbox;

import java.util.List;
import java.util.Map;

/**
 * A request to the sandbox and its answer, as the service meant it: before a {@link Behaviour} loses or cuts it. The names of
 * the headers are in any case.
 *
 * @param path with the {@code /v1} of the base URL
 * @param query without the question mark; empty if there is none
 */
public record Exchange(
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
