/** The trigger that starts a job when one of its certificates is due. It orders nothing: that is for the build. */
package io.jenkins.plugins.sslmanager.trigger;
