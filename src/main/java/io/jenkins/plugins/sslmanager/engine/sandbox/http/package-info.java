/**
 * The sandbox on a port of loopback: an endpoint for each of the two protocols, and what can go wrong on the way. What the
 * service does is in the package above.
 */
package io.jenkins.plugins.sslmanager.engine.sandbox.http;
