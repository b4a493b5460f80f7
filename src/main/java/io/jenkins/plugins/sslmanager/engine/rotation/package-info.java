/**
 * The way of one certificate, from "is it due?" to "delivered": what is asked of the service, and when. How far it is stands in
 * the order book alone, so that any later run of the same job goes on where an earlier one ended.
 *
 * <p>Nothing here knows Jenkins: {@link io.jenkins.plugins.sslmanager.engine.rotation.RotationPort} is what it asks of whoever
 * runs it.
 */
package io.jenkins.plugins.sslmanager.engine.rotation;
