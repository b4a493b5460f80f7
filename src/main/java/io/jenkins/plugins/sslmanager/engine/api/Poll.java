package io.jenkins.plugins.sslmanager.engine.api;

import java.util.Optional;

/**
 * The answer of PollInfo (0905).
 *
 * @param waiting how many notifications wait, this one included
 * @param message the oldest of them
 */
public record Poll(int waiting, Optional<PollMessage> message) {}
