package io.jenkins.plugins.sslmanager.orders;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.listeners.ItemListener;
import jenkins.model.Jenkins;

/**
 * Whether Jenkins is ending. {@link Jenkins#isTerminating} says so only after its terminators have run, and these end requests
 * and agents, which must not count as failures of a step: it goes on after the restart.
 */
@Extension
public final class ControllerShutdown extends ItemListener {

    private volatile boolean begun;

    public static boolean hasBegun() {
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        return jenkins == null
                || jenkins.isTerminating()
                || ExtensionList.lookupSingleton(ControllerShutdown.class).begun;
    }

    @Override
    public void onBeforeShutdown() {
        begun = true;
    }
}
