/**
 * Which certificates servers present: TLS handshakes with every address of a host, told apart by fingerprint. It runs on agents,
 * so it uses little else. Whether a server ought to present one is decided elsewhere.
 */
package io.jenkins.plugins.sslmanager.engine.served;
