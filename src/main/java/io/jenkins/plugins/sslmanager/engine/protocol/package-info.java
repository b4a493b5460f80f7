/**
 * What JSON and XML have in common: which answers are answers of the service, and what is told of those that are not, or that
 * say no. Both protocols use it, so that an error reads the same whichever the account speaks.
 */
package io.jenkins.plugins.sslmanager.engine.protocol;
