/**
 * What a re-issue is made of: what an order says, how its job ended, what was issued, and when a certificate is due. When what is
 * asked is decided in {@code engine.rotation}.
 */
package io.jenkins.plugins.sslmanager.engine.reissue;
