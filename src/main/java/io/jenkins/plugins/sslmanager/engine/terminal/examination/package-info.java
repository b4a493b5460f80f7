/**
 * The first look at a service: asks only what changes nothing, and writes a report of what the service's documents do not tell,
 * without a name, a number or a text of anybody.
 *
 * <p>Nothing is ordered or confirmed here, and nothing is kept but the report.
 */
package io.jenkins.plugins.sslmanager.engine.terminal.examination;
