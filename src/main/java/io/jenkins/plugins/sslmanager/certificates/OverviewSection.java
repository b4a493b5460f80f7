package io.jenkins.plugins.sslmanager.certificates;

import hudson.ExtensionPoint;

/**
 * A part of the page of all certificates that another package knows, with a view {@code section.jelly}. It is for administrators
 * alone, and so is what else it serves below its name.
 */
public interface OverviewSection extends ExtensionPoint {

    /** Its part of the address. */
    String getUrlName();
}
