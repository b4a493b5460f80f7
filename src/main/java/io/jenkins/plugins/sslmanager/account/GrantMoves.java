package io.jenkins.plugins.sslmanager.account;

import io.jenkins.plugins.sslmanager.account.grants.Applicant;
import io.jenkins.plugins.sslmanager.account.grants.Grant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What becomes of rows when items move or are deleted: a row that names an item follows it, and nothing ever gets more than it
 * had before.
 */
final class GrantMoves {

    private final List<SslManagerAccount> accounts;
    private final List<WaitingRow> before;
    private final List<WaitingRow> waiting = new ArrayList<>();
    private final Map<SslManagerAccount, List<Grant>> rows = new HashMap<>();

    GrantMoves(List<SslManagerAccount> accounts, List<WaitingRow> waiting) {
        this.accounts = accounts;
        before = List.copyOf(waiting);
    }

    /** @param itemsWithin the full names that what is in the item had before */
    void moved(String from, String to, List<String> itemsWithin) {
        // An item that comes to a name takes what waited for others there with it only where it is moved along.
        before.forEach(entry ->
                add(isKept(entry, from) ? entry : entry.with(entry.row(), renamed(entry.item(), from, to))));
        for (SslManagerAccount account : accounts) {
            List<Grant> next = new ArrayList<>();
            for (Grant row : account.getGrants()) {
                Grant after = row.names(from) ? row.moved(from, to) : row;
                next.add(after);
                follow(account, row, after, from, to);
                Stream.concat(Stream.of(from), itemsWithin.stream())
                        .forEach(item -> keepFromWidening(account, row, after, item, renamed(item, from, to)));
            }
            rows.put(account, next);
        }
    }

    /** Where no row has it any more, it stays for a configuration that brings the row back. */
    private boolean isKept(WaitingRow entry, String from) {
        return !WaitingRow.isAtOrIn(entry.item(), from)
                || accounts.stream()
                        .noneMatch(account -> account.getGrants().stream().anyMatch(row -> entry.isOf(account, row)));
    }

    private void follow(SslManagerAccount account, Grant row, Grant after, String from, String to) {
        if (after == row) {
            return;
        }
        // The row goes with its item, so what waited there for another one has its answer.
        waiting.removeIf(entry -> entry.isOf(account, after) && WaitingRow.isAtOrIn(entry.item(), to));
        before.stream()
                .filter(entry -> entry.isOf(account, row))
                .forEach(entry -> add(entry.with(after.jobsKey(), renamed(entry.item(), from, to))));
        // A configuration that says the old name again does not mean whatever has that name by then.
        add(new WaitingRow(account.getId(), row.jobsKey(), from, true));
    }

    private void keepFromWidening(SslManagerAccount account, Grant row, Grant after, String from, String to) {
        boolean had = isFor(row, from)
                && before.stream().noneMatch(entry -> entry.isOf(account, row) && entry.concerns(from));
        boolean has = isFor(after, to)
                && waiting.stream().noneMatch(entry -> entry.isOf(account, after) && entry.concerns(to));
        if (has && !had) {
            add(new WaitingRow(account.getId(), after.jobsKey(), to, false));
        }
    }

    private static boolean isFor(Grant row, String item) {
        return row.isFor(new Applicant(item, false));
    }

    /** Rows that name it wait, since another item may be made under its name. */
    void deleted(String item) {
        before.forEach(this::add);
        for (SslManagerAccount account : accounts) {
            account.getGrants().stream()
                    .filter(row -> row.names(item))
                    .forEach(row -> add(new WaitingRow(account.getId(), row.jobsKey(), item, true)));
        }
    }

    private void add(WaitingRow entry) {
        if (waiting.stream().noneMatch(entry::isSame)) {
            waiting.add(entry);
        }
    }

    private static String renamed(String name, String from, String to) {
        return WaitingRow.isAtOrIn(name, from) ? to + name.substring(from.length()) : name;
    }

    /** Returns the rows of an account after the move; as before where nothing has changed. */
    List<Grant> rows(SslManagerAccount account) {
        return rows.getOrDefault(account, account.getGrants());
    }

    List<WaitingRow> waiting() {
        return waiting;
    }
}
