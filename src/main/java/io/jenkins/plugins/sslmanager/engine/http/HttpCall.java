package io.jenkins.plugins.sslmanager.engine.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.Task;

/**
 * A request, as the protocols see it.
 *
 * @param path below the account's URL, encoded, beginning with a slash; or empty
 * @param body not copied, so it must not be changed; null for none
 * @param contentType of the body and of the answer asked for
 * @param ctid the client transaction id, which the service hands back; null for none
 * @param repeatable whether asking twice is as good as asking once, so that a lost answer may be asked for again
 */
public record HttpCall(
        Task task,
        String method,
        String path,
        @CheckForNull byte[] body,
        String contentType,
        @CheckForNull String ctid,
        boolean repeatable) {}
