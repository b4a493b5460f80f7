/**
 * What a build gets of a certificate: files in its workspace, artifacts, the facts on its page, and the map that a
 * step returns. Whether there
 * is a certificate to deliver is decided by the steps; key stores and PEM are made by the engine.
 */
package io.jenkins.plugins.sslmanager.delivery;
