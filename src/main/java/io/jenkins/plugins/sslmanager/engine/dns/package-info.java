/**
 * The DNS record that proves control of a domain. It is read from what the service gives, and looked for at the name servers
 * that a certificate authority asks in the end.
 *
 * <p>Nothing here sets a record. The DNS protocol is dnsjava's.
 */
package io.jenkins.plugins.sslmanager.engine.dns;
