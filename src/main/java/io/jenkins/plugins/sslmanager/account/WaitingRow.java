package io.jenkins.plugins.sslmanager.account;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.account.grants.Grant;

/**
 * A row of an account that does not count for an item until an administrator has looked: the item has come where the row would
 * count for it, or takes the place of one that the row was for. It lies in Jenkins' configuration, and knows the row by its
 * jobs.
 */
final class WaitingRow {

    private final String accountId;
    private final String row;
    private final String item;
    private final boolean replaced;

    /**
     * @param row see {@link Grant#jobsKey}
     * @param item the full name of a job or folder
     * @param replaced whether what the row was for was deleted or is elsewhere; otherwise the item was moved here
     */
    WaitingRow(String accountId, String row, String item, boolean replaced) {
        this.accountId = accountId;
        this.row = row;
        this.item = item;
        this.replaced = replaced;
    }

    String accountId() {
        return accountId;
    }

    String row() {
        return row;
    }

    String item() {
        return item;
    }

    boolean isReplaced() {
        return replaced;
    }

    boolean isOf(SslManagerAccount account, Grant grant) {
        return accountId.equals(account.getId()) && row.equals(grant.jobsKey());
    }

    boolean concerns(String job) {
        return isAtOrIn(job, item);
    }

    /** The same for the item and the row by their names after a move. */
    WaitingRow with(String nextRow, String nextItem) {
        return new WaitingRow(accountId, nextRow, nextItem, replaced);
    }

    boolean isSame(@CheckForNull WaitingRow other) {
        return other != null && accountId.equals(other.accountId) && row.equals(other.row) && item.equals(other.item);
    }

    static boolean isAtOrIn(String fullName, String folder) {
        return fullName.equals(folder) || fullName.startsWith(folder + "/");
    }
}
