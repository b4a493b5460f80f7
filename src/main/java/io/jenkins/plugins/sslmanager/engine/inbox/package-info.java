/**
 * The notification inbox: one consumer of an account's queue for any number of waiting builds.
 *
 * <p>A message is polled, written to disk, confirmed, delivered, in this order, so that a crash at any point loses none and
 * delivers none twice. A notification is a hint; the job at the service is the truth.
 */
package io.jenkins.plugins.sslmanager.engine.inbox;
