/**
 * The sandbox on a port of loopback: an endpoint for each of the two protocols, with the server's side of their mapping, and
 * what can go wrong on the way.
 *
 * <p>What the service does is in the package above.
 */
package io.jenkins.plugins.sslmanager.engine.sandbox.http;
