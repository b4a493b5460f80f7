package io.jenkins.plugins.sslmanager.account;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionList;
import hudson.ExtensionPoint;

/** What an account's form has to know of the accounts that are saved. */
interface AccountRegister extends ExtensionPoint {

    static AccountRegister get() {
        return ExtensionList.lookupFirst(AccountRegister.class);
    }

    /**
     * Whether there is an account besides this one.
     *
     * @param id of this one; null or empty where it is new
     */
    boolean hasOther(@CheckForNull String id);

    /**
     * Whether another account has a name, or had it.
     *
     * @param id of this one; null or empty where it is new
     */
    boolean isTaken(String name, @CheckForNull String id);
}
