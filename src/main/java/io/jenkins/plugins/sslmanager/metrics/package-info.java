/** Figures for the Metrics plugin, where it is installed. Nothing else may need what is here. */
package io.jenkins.plugins.sslmanager.metrics;
