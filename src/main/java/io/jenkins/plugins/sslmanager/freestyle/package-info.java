/**
 * The steps as build steps of freestyle jobs. Each holds a Pipeline step as its configuration and runs it, so that form, help,
 * checks and work are the step's own; here is only how a step finds its context and what it hands to the next one.
 */
package io.jenkins.plugins.sslmanager.freestyle;
