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
 * @param priority which calls it goes before while the service's limit holds them up
 * @param origin whoever it is made for, such as a build: within a priority, origins take turns. Opaque; null for the
 *     account, whose calls without an origin share one turn
 */
public record HttpCall(
        Task task,
        String method,
        String path,
        @CheckForNull Supplier<byte[]> body,
        String contentType,
        Supplier<Map<String, String>> headers,
        boolean repeatable,
        Priority priority,
        @CheckForNull String origin) {

    /** With the priority of its task, for the account. */
    public HttpCall(
            Task task,
            String method,
            String path,
            @CheckForNull Supplier<byte[]> body,
            String contentType,
            Supplier<Map<String, String>> headers,
            boolean repeatable) {
        this(task, method, path, body, contentType, headers, repeatable, Priority.of(task, repeatable), null);
    }

    /**
     * The same call with another priority. Whoever makes an API for one purpose sets it there, between protocol and
     * transport: {@code protocol.apis(account, transport::send).apply(call -> call.withPriority(Priority.URGENT))}.
     */
    public HttpCall withPriority(Priority other) {
        return new HttpCall(task, method, path, body, contentType, headers, repeatable, other, origin);
    }

    /** The same call, made for that origin. */
    public HttpCall withOrigin(String other) {
        return new HttpCall(task, method, path, body, contentType, headers, repeatable, priority, other);
    }

    @Override
    public String toString() {
        return task + ": " + method + " " + path;
    }
}
