/**
 * A deterministic simulation of engine, message store and service: random schedules of orders, foreign messages, faults and
 * crashes in virtual time, each of which follows from its seed alone. {@code bin/simulate} runs it.
 */
package io.jenkins.plugins.sslmanager.engine.simulation;
