package io.jenkins.plugins.sslmanager.account;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.PersistentDescriptor;
import io.jenkins.plugins.sslmanager.account.grants.Grant;
import io.jenkins.plugins.sslmanager.engine.rotation.PaidTerm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import jenkins.model.GlobalConfiguration;
import jenkins.model.GlobalConfigurationCategory;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** The accounts that builds can name, in the system configuration. */
@Extension
@Symbol("sslManager")
public final class SslManagerConfiguration extends GlobalConfiguration
        implements PersistentDescriptor, AccountRegister {

    private volatile List<SslManagerAccount> accounts = new ArrayList<>();

    private int unservedAfterDays = 3;

    private int endedKeysKeptDays = 30;

    /** Null in a configuration from before there were grants. */
    @CheckForNull
    private volatile List<WaitingRow> waiting = new ArrayList<>();

    private volatile boolean privateNameServers;

    private volatile int paidTermNoticeDays = (int) PaidTerm.USUAL_NOTICE.toDays();

    public static SslManagerConfiguration get() {
        return ExtensionList.lookupSingleton(SslManagerConfiguration.class);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.SslManagerConfiguration_displayName();
    }

    @NonNull
    @Override
    public GlobalConfigurationCategory getCategory() {
        return GlobalConfigurationCategory.get(GlobalConfigurationCategory.Unclassified.class);
    }

    /** Returns how many days before the end of a certificate's paid term administrators are told. */
    public int getPaidTermNoticeDays() {
        return paidTermNoticeDays;
    }

    public Duration paidTermNotice() {
        return Duration.ofDays(paidTermNoticeDays);
    }

    /** @throws IllegalArgumentException if it is below zero */
    @DataBoundSetter
    public void setPaidTermNoticeDays(int paidTermNoticeDays) {
        if (paidTermNoticeDays < 0) {
            throw new IllegalArgumentException("paidTermNoticeDays is below zero: " + paidTermNoticeDays
                    + ". Set it to a number of days, such as 30, or to 0 to be told when the term has ended");
        }
        synchronized (this) {
            this.paidTermNoticeDays = paidTermNoticeDays;
            save();
        }
    }

    /** Tells whether builds may have name servers at private addresses asked for records. */
    public boolean isPrivateNameServers() {
        return privateNameServers;
    }

    @DataBoundSetter
    public synchronized void setPrivateNameServers(boolean privateNameServers) {
        this.privateNameServers = privateNameServers;
        save();
    }

    public List<SslManagerAccount> getAccounts() {
        return Collections.unmodifiableList(accounts);
    }

    /** @throws IllegalArgumentException if an account lacks its name or service, or two are called the same */
    @DataBoundSetter
    public void setAccounts(@CheckForNull List<SslManagerAccount> accounts) {
        // XStream would write a List.of() as an object of the JDK's inner workings.
        List<SslManagerAccount> given = new ArrayList<>(Util.fixNull(accounts));
        AccountNames.requireDistinct(given);
        giveIds(given);
        AccountNames.requireDistinctIds(given);
        given.forEach(SslManagerAccount::checkGrants);
        synchronized (this) {
            this.waiting = keptOver(given);
            this.accounts = given;
            save();
        }
        AccountsListener.tellAll();
    }

    /** Tells whether this Jenkins only looks, for the pages. */
    public boolean isReadOnly() {
        return ReadOnlyController.isOn();
    }

    /** How many days after its issue an administrator is told of a certificate that a target has not got. */
    public synchronized int getUnservedAfterDays() {
        return unservedAfterDays;
    }

    /** @throws IllegalArgumentException if it is below 1 */
    @DataBoundSetter
    public synchronized void setUnservedAfterDays(int days) {
        if (days < 1) {
            throw new IllegalArgumentException(
                    "unservedAfterDays: " + days + " is not a number of days. Write a number from 1 on");
        }
        unservedAfterDays = days;
        save();
    }

    /** How many days the vault keeps the key of a certificate after the next one has come. */
    public synchronized int getEndedKeysKeptDays() {
        return endedKeysKeptDays;
    }

    /** @throws IllegalArgumentException if it is below 0 */
    @DataBoundSetter
    public synchronized void setEndedKeysKeptDays(int days) {
        if (days < 0) {
            throw new IllegalArgumentException(
                    "endedKeysKeptDays: " + days + " is not a number of days. Write a number from 0 on");
        }
        endedKeysKeptDays = days;
        save();
    }

    @Override
    public boolean hasOther(@CheckForNull String id) {
        return accounts.stream().anyMatch(account -> !Util.fixNull(id).equals(account.getId()));
    }

    @Override
    public boolean isTaken(String name, @CheckForNull String id) {
        return accounts.stream()
                .anyMatch(account -> !Util.fixNull(id).equals(account.getId()) && account.isCalled(name));
    }

    /** Whether a row of an account does not count for a job yet, see {@link WaitingRow}. */
    boolean waits(SslManagerAccount account, Grant row, String job) {
        return waiting().stream().anyMatch(entry -> entry.isOf(account, row) && entry.concerns(job));
    }

    boolean waitsSomewhere(SslManagerAccount account, String job) {
        return account.getGrants().stream().anyMatch(row -> waits(account, row, job));
    }

    List<WaitingRow> waiting() {
        List<WaitingRow> known = waiting;
        return known == null ? List.of() : List.copyOf(known);
    }

    /**
     * What waits goes on to wait under the line that names it, whatever else is changed in the row. It is kept under the former
     * row as well, which Configuration as Code may bring back.
     */
    private List<WaitingRow> keptOver(List<SslManagerAccount> given) {
        List<WaitingRow> all = new ArrayList<>(waiting());
        for (WaitingRow entry : waiting()) {
            given.stream()
                    .filter(account -> entry.accountId().equals(account.getId()))
                    .flatMap(account -> account.getGrants().stream())
                    .filter(row -> row.keepsLineFor(entry.item(), entry.row()))
                    .map(row -> entry.with(row.jobsKey(), entry.item()))
                    .filter(next -> all.stream().noneMatch(next::isSame))
                    .forEach(all::add);
        }
        return all;
    }

    /** An administrator has looked: the row counts for the item from now on. */
    synchronized void allow(Predicate<WaitingRow> which) {
        List<WaitingRow> looked = waiting().stream().filter(which).toList();
        List<WaitingRow> left = new ArrayList<>(waiting());
        left.removeAll(looked);
        left.removeIf(entry -> !isRowOf(entry, accounts)
                && looked.stream().anyMatch(each -> entry.isSame(each.with(entry.row(), each.item()))));
        waiting = left;
        save();
    }

    synchronized void itemMoved(String from, String to, List<String> itemsWithin) {
        GrantMoves moves = new GrantMoves(accounts, waiting());
        moves.moved(from, to, itemsWithin);
        keep(moves);
    }

    synchronized void itemDeleted(String item) {
        GrantMoves moves = new GrantMoves(accounts, waiting());
        moves.deleted(item);
        keep(moves);
    }

    private void keep(GrantMoves moves) {
        boolean isAsBefore = waiting().equals(moves.waiting())
                && accounts.stream().allMatch(account -> moves.rows(account).equals(account.getGrants()));
        accounts.forEach(account -> account.setGrants(moves.rows(account)));
        waiting = new ArrayList<>(moves.waiting());
        if (!isAsBefore) {
            save();
        }
    }

    /** An account is the one that had its name, or one of its former names. */
    private void giveIds(List<SslManagerAccount> given) {
        for (SslManagerAccount account : given) {
            if (account.getId() == null) {
                account.setId(known(account.getName())
                        .or(() -> account.everyFormerName().stream()
                                .flatMap(name -> known(name).stream())
                                .findFirst())
                        .map(SslManagerAccount::getId)
                        .orElseGet(() -> UUID.randomUUID().toString()));
            }
        }
    }

    private Optional<SslManagerAccount> known(String name) {
        return accounts.stream()
                .filter(account -> account.getName().equals(name))
                .findFirst();
    }

    /** Accounts from before they had ids get them here, once. */
    @Override
    public synchronized void load() {
        super.load();
        if (accounts.stream().anyMatch(account -> account.getId() == null)) {
            giveIds(accounts);
            save();
        }
    }

    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) throws FormException {
        try {
            List<SslManagerAccount> bound = request.bindJSONToList(SslManagerAccount.class, form.opt("accounts"));
            keepIds(bound, form.opt("accounts"));
            List<SslManagerAccount> before = accounts;
            List<WaitingRow> waitingBefore = waiting();
            setAccounts(bound);
            allow(entry -> waitingBefore.contains(entry) && isNew(entry, before));
            setPrivateNameServers(form.optBoolean("privateNameServers", isPrivateNameServers()));
            setPaidTermNoticeDays(form.optInt("paidTermNoticeDays", getPaidTermNoticeDays()));
            setEndedKeysKeptDays(form.optInt("endedKeysKeptDays", getEndedKeysKeptDays()));
            setUnservedAfterDays(form.optInt("unservedAfterDays", getUnservedAfterDays()));
            return true;
        } catch (IllegalArgumentException e) {
            throw new FormException(e.getMessage(), e, "accounts");
        }
    }

    /** A row that a person has entered here is meant as it is, whatever waited for one with these jobs. */
    private boolean isNew(WaitingRow entry, List<SslManagerAccount> before) {
        return isRowOf(entry, accounts) && !isRowOf(entry, before);
    }

    private static boolean isRowOf(WaitingRow entry, List<SslManagerAccount> accounts) {
        return accounts.stream()
                .anyMatch(account -> account.getGrants().stream().anyMatch(row -> entry.isOf(account, row)));
    }

    /** The form has them hidden, so that it knows an account again whose name was changed in it. */
    private void keepIds(List<SslManagerAccount> bound, @CheckForNull Object form) {
        JSONArray rows = form == null ? new JSONArray() : JSONArray.fromObject(form);
        for (int row = 0; row < bound.size(); row++) {
            String id = rows.getJSONObject(row).optString("id");
            if (accounts.stream().anyMatch(account -> id.equals(account.getId()))) {
                bound.get(row).setId(id);
            }
        }
    }

    /**
     * Returns the account with an id, or by a name that it has or had.
     *
     * @param reference as an order's record has it: an id, or a name in a record from before accounts had ids
     */
    public Optional<SslManagerAccount> lookUp(String reference) {
        List<SslManagerAccount> known = accounts;
        return known.stream()
                .filter(account -> reference.equals(account.getId()))
                .findFirst()
                .or(() -> known(reference))
                .or(() -> known.stream()
                        .filter(account -> account.isCalled(reference))
                        .findFirst());
    }

    /** What an account is called now, for people; the reference itself where there is no such account any more. */
    public String nameOf(String reference) {
        return lookUp(reference).map(SslManagerAccount::getName).orElse(reference);
    }

    /**
     * Returns the account with this id.
     *
     * @throws IllegalArgumentException if it was deleted
     */
    SslManagerAccount withId(String id) {
        return accounts.stream()
                .filter(account -> id.equals(account.getId()))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "The SSL Manager account that this step began with was deleted. Start the build again with another one"));
    }

    /**
     * Returns the account of that name.
     *
     * @param name one that it has or had; null for the only account there is
     * @throws IllegalArgumentException if there is no such account; the message names those that there are
     */
    public SslManagerAccount account(@CheckForNull String name) {
        List<SslManagerAccount> known = accounts;
        Optional<SslManagerAccount> found = name == null
                ? known.stream().filter(account -> known.size() == 1).findFirst()
                : lookUp(name);
        return found.orElseThrow(() -> new IllegalArgumentException((name == null
                        ? "No account is named"
                        : "There is no SSL Manager account '" + name + "'")
                + (known.isEmpty()
                        ? ", and none is set up. An administrator adds it in Manage Jenkins » System » SSL Manager"
                        : ". Set 'account' to one of "
                                + known.stream()
                                        .map(account -> "'" + account.getName() + "'")
                                        .toList())));
    }
}
