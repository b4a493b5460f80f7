/**
 * What futures need here: pauses that hold no thread, work in rounds, cancelling, and the cause of a failure. It also reads
 * and writes durations as people do.
 *
 * <p>Nothing here knows the service, a file or a certificate.
 */
package io.jenkins.plugins.sslmanager.engine.async;
