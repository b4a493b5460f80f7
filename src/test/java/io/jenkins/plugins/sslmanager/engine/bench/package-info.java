/** What many waiting builds cost with the inbox, and what they cost where each polls for itself. {@code bin/bench} runs it. */
package io.jenkins.plugins.sslmanager.engine.bench;
