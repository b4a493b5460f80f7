/**
 * The single Pipeline steps, each with its execution and descriptor, and what every step of this plugin has in common. They read
 * parameters, call the engine, and turn the outcome into a map; how a certificate is handed over is in {@code delivery}.
 */
package io.jenkins.plugins.sslmanager.steps;
