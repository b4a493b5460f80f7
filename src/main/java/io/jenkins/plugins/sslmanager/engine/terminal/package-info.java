/**
 * The terminal run: one rotation told stage by stage, with an account given on the command line or against a sandbox, and with
 * an order book in a folder.
 *
 * <p>It needs picocli, which comes with the engine's own jar and not with the plugin, so nothing else may use this package.
 */
package io.jenkins.plugins.sslmanager.engine.terminal;
