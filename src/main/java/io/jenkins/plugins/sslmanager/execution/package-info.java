/**
 * What the executions of all steps have in common: work that holds no thread, ends with its build, and goes on after a restart.
 * What a step does in it is in {@code steps}, {@code rotation} and {@code deployment}.
 */
package io.jenkins.plugins.sslmanager.execution;
