/**
 * The transport below both protocols: sends {@link io.jenkins.plugins.sslmanager.engine.http.HttpCall}s for one
 * {@link io.jenkins.plugins.sslmanager.engine.http.ServiceAccount}, at the service's pace, again where that is safe,
 * and says of each failure whether the request may have arrived. What an answer means is the protocol's business.
 */
package io.jenkins.plugins.sslmanager.engine.http;
