/**
 * What the service tells of its jobs: one consumer of the queue of a user, context and address for any number of waiting builds,
 * the list of running jobs beside it, and questions about single jobs.
 *
 * <p>A message is polled, written to disk, confirmed, delivered, in this order, so that a crash at any point loses none and
 * delivers none twice. A notification is a hint; the job at the service is the truth.
 */
package io.jenkins.plugins.sslmanager.engine.inbox;
