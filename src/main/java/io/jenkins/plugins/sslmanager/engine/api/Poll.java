package io.jenkins.plugins.sslmanager.engine.api;

import java.util.Optional;

/**
 * The answer of PollInfo (0905).
 *
 * @param waiting how many notifications wait, this one included
 * @param message the oldest of them
 */
public record Poll(int waiting, Optional<PollMessage> message) {

    /** @param response whose object says how many there are, where it says so */
    public static Poll of(Response<PollMessage> response) {
        Optional<PollMessage> message = response.entries().stream().findFirst();
        boolean counted = response.object() != null && response.object().summary() != null;
        return new Poll(counted ? response.object().summary() : message.isPresent() ? 1 : 0, message);
    }
}
