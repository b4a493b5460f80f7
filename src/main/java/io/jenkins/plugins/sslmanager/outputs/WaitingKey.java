package io.jenkins.plugins.sslmanager.outputs;

import java.security.KeyPair;
import java.time.Instant;

/**
 * A key pair whose certificate is not there yet.
 *
 * @param since when it was made
 */
public record WaitingKey(KeyPair keys, Instant since) {}
