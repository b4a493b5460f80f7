package io.jenkins.plugins.sslmanager.account;

import hudson.ExtensionPoint;
import jenkins.util.Listeners;

/** Is told that an administrator has changed the accounts. */
interface AccountsListener extends ExtensionPoint {

    void onAccountsChanged();

    static void tellAll() {
        Listeners.notify(AccountsListener.class, false, AccountsListener::onAccountsChanged);
    }
}
