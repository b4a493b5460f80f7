/**
 * What a build gets of a certificate: files in its workspace, a credential, artifacts, and the facts on its page. Whether there
 * is a certificate to deliver is decided by the steps; key stores and PEM are made by the engine.
 */
package io.jenkins.plugins.sslmanager.delivery;
