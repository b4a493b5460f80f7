/**
 * The JSON API behind {@link io.jenkins.plugins.sslmanager.engine.api.SslManagerApi}: its routes, headers and dates, as in the
 * service's OpenAPI document. The objects are those of {@code engine.api}, whose names are the ones over JSON.
 *
 * <p>What an unreadable answer or a refusal means is decided in {@code engine.protocol} for both protocols.
 */
package io.jenkins.plugins.sslmanager.engine.json;
