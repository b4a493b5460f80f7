/**
 * The root of all failures that the engine foresees, and the failure of a re-issue that cannot go on.
 *
 * <p>The other kinds of failure are in the packages that throw them.
 */
package io.jenkins.plugins.sslmanager.engine.failure;
