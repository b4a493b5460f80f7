/**
 * The accounts that administrators set up, the credentials that they are used with, and what a controller keeps alive for them:
 * connections, inboxes, the pages and monitors of these. What is said to the service is the engine's; what a build does with an
 * account is the step's.
 */
package io.jenkins.plugins.sslmanager.account;
