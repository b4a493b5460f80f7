/**
 * The way of one re-issue: prepared, ordered, notified, fetched, checked. What has been reached is a small serialisable
 * {@link io.jenkins.plugins.sslmanager.engine.reissue.ReissueState}; whoever keeps it can go on from there after a crash.
 */
package io.jenkins.plugins.sslmanager.engine.reissue;
