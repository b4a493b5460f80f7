/**
 * The vault: the newest certificate of each job with its key, sealed, and the versions before it. What is missing elsewhere is
 * filled from here. Its records are as durable as those of the order book.
 *
 * <p>Whether a certificate is ordered is decided in {@code engine.rotation}. Which builds find an entry as a credential is up
 * to whoever shows it.
 */
package io.jenkins.plugins.sslmanager.engine.vault;
