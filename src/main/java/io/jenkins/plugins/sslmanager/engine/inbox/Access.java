package io.jenkins.plugins.sslmanager.engine.inbox;

import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;

/**
 * Whose requests somebody's are.
 *
 * @param signIn the user and password that the API signs in with, by an object of which nothing can be read: the same object
 *     for the same user with the same password. What the service has told one of them, it would tell the other
 */
public record Access(Object signIn, SslManagerApi api) {}
