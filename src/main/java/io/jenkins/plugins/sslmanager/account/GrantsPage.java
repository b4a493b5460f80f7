package io.jenkins.plugins.sslmanager.account;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Item;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What an administrator sees of grants: rows that wait for a decision, and what was refused. */
@Extension
public final class GrantsPage extends AdministratorPage {

    static final String URL = "ssl-manager-grants";

    public GrantsPage() {
        super("symbol-key");
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.GrantsPage_displayName();
    }

    @Override
    public String getDescription() {
        return Messages.GrantsPage_description();
    }

    @NonNull
    @Override
    public String getUrlName() {
        return URL;
    }

    @NonNull
    @Override
    public Category getCategory() {
        return Category.SECURITY;
    }

    /** Returns rows that do not count for an item until an administrator says so. */
    public List<Waiting> getWaiting() {
        return waiting();
    }

    static List<Waiting> waiting() {
        SslManagerConfiguration configuration = SslManagerConfiguration.get();
        return configuration.waiting().stream()
                .flatMap(entry -> configuration.getAccounts().stream()
                        .filter(account -> account.getGrants().stream().anyMatch(row -> entry.isOf(account, row)))
                        .map(account -> new Waiting(account, entry)))
                .toList();
    }

    /** Newest first. */
    public List<Refusals.Refused> getRefusals() {
        return Refusals.get().newest();
    }

    /**
     * Has a row count for an item from now on.
     *
     * @param account the account's id
     * @param row the row's jobs, see {@link io.jenkins.plugins.sslmanager.account.grants.Grant#jobsKey}
     * @param item the full name
     */
    @POST
    public HttpResponse doAllow(
            @QueryParameter String account, @QueryParameter String row, @QueryParameter String item) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        // A form sends line breaks as the web has them.
        WaitingRow allowed = new WaitingRow(account, row.replace("\r\n", "\n"), item, false);
        SslManagerConfiguration.get().allow(allowed::isSame);
        return new HttpRedirect(".");
    }

    /** A row that waits. */
    public static final class Waiting {

        private final SslManagerAccount account;
        private final WaitingRow entry;

        Waiting(SslManagerAccount account, WaitingRow entry) {
            this.account = account;
            this.entry = entry;
        }

        public String getAccount() {
            return account.getName();
        }

        public String getAccountId() {
            return entry.accountId();
        }

        public String getRow() {
            return entry.row();
        }

        public String getItem() {
            return entry.item();
        }

        public boolean isReplaced() {
            return entry.isReplaced();
        }

        /** Tells whether there is such an item at the moment. */
        public boolean isThere() {
            return Jenkins.get().getItemByFullName(entry.item(), Item.class) != null;
        }
    }
}
