/**
 * The record that proves control of a domain: read from what the service gives, and looked for at the name servers that a
 * certificate authority asks in the end.
 */
package io.jenkins.plugins.sslmanager.engine.dns;
