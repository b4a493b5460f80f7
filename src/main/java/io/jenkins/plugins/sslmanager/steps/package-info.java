/**
 * The single Pipeline steps, each with its execution and descriptor, and the parameters that every step has in common.
 * They read parameters, call the engine, and turn the outcome into a map; how their work runs is in {@code execution},
 * how a certificate is handed over is in {@code delivery}.
 */
package io.jenkins.plugins.sslmanager.steps;
