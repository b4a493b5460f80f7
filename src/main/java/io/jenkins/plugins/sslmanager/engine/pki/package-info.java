/**
 * Public-key infrastructure: private keys, certificate signing requests, certificates and their chains, in PEM and in key
 * stores, and the checks of what a re-issue has delivered. The cryptography is that of Java and of Bouncy Castle.
 *
 * <p>Where keys and certificates come from, and where they are kept, is the business of other packages.
 */
package io.jenkins.plugins.sslmanager.engine.pki;
