/**
 * The order book: what was ordered, for which certificate and key, by whom, and how far it is. Each step is on the disk before
 * the effect that it announces. Private keys lie in it sealed, from their making to their delivery.
 *
 * <p>What is asked of the service, and when, is decided in {@code engine.rotation}.
 */
package io.jenkins.plugins.sslmanager.engine.orders;
