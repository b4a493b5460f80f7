/**
 * The steps that rotate certificates, from "is it due?" to its delivery: their parameters, their executions, and what the engine's
 * rotation asks of a build. In which order things are done is the engine's; the single steps are in {@code steps}.
 */
package io.jenkins.plugins.sslmanager.rotation;
