/**
 * The steps that bring a certificate into use, and see that servers present it. They take any certificate credential; where it
 * comes from is no matter of theirs. What they find out is kept by {@code certificates}.
 */
package io.jenkins.plugins.sslmanager.deployment;
