package io.jenkins.plugins.sslmanager.engine.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A request, as the protocols see it. Headers and body are made anew for each attempt, since a one-time token can be among
 * them, which does not live long.
 *
 * @param path below the account's URL, encoded, beginning with a slash; or empty
 * @param body null for none
 * @param contentType of the body and of the answer asked for
 * @param headers what the protocol says in headers of its own; never printed, since the password can be among it
 * @param repeatable whether asking twice is as good as asking once, so that a lost answer may be asked for again
 */
public record HttpCall(
        Task task,
        String method,
        String path,
        @CheckForNull Supplier<byte[]> body,
        String contentType,
        Supplier<Map<String, String>> headers,
        boolean repeatable) {

    @Override
    public String toString() {
        return task + ": " + method + " " + path;
    }
}
