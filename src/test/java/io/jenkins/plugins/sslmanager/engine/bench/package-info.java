/**
 * What fleets of rotations and many waiting builds cost, and what they cost where each polls for itself. {@code bin/bench} runs
 * it.
 */
package io.jenkins.plugins.sslmanager.engine.bench;
