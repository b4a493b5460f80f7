/**
 * Futures: pauses that hold no thread, the end of work under way, and what a future failed of. Nothing here knows the
 * service.
 */
package io.jenkins.plugins.sslmanager.engine.async;
