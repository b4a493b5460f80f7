/**
 * What JSON and XML have in common: which answers come from the service, and what the user is told about the others and about
 * refusals. Both protocols use it, so that an error reads the same whichever the account speaks.
 *
 * <p>How an object is written in one of them is the business of {@code engine.json} and {@code engine.xml}.
 */
package io.jenkins.plugins.sslmanager.engine.protocol;
