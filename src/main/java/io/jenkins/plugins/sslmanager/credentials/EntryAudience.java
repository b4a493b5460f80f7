package io.jenkins.plugins.sslmanager.credentials;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.sslmanager.account.Audience;
import io.jenkins.plugins.sslmanager.account.grants.Applicant;
import io.jenkins.plugins.sslmanager.account.grants.Visibility;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import io.jenkins.plugins.sslmanager.engine.vault.VaultEntry;
import io.jenkins.plugins.sslmanager.orders.Orders;
import java.util.List;
import java.util.Objects;
import jenkins.model.Jenkins;
import jenkins.scm.api.SCMHead;

/**
 * Who is shown an entry of the vault: its own job, or in a multibranch project its branches; a folder or all of Jenkins where a
 * row of the account says so. Jobs of change requests are shown nothing unless that row says so, too.
 *
 * <p>A folder is the one that the job was in when the certificate came. A job that has been moved to another folder since shows
 * it to nobody there before its next certificate, since a move must show no key to more than before.
 */
final class EntryAudience {

    private final VaultEntry entry;

    /** Null once the entry's job is deleted: then nobody is shown it. */
    @CheckForNull
    private final Job<?, ?> owner;

    private final List<Audience> rows;

    private EntryAudience(VaultEntry entry, @CheckForNull Job<?, ?> owner, List<Audience> rows) {
        this.entry = entry;
        this.owner = owner;
        this.rows = rows;
    }

    static EntryAudience of(VaultEntry entry) {
        Job<?, ?> owner = job(entry.job());
        return new EntryAudience(
                entry,
                owner,
                owner == null
                        ? List.of()
                        : Audience.of(
                                owner,
                                entry.account(),
                                entry.certificateName(),
                                entry.certificate().number(),
                                number -> isCurrent(entry.certificate(), number)));
    }

    /** Whether a row's number is the certificate's, which may have got another since. */
    private static boolean isCurrent(CertificateId certificate, long number) {
        OrderBook book = Orders.get().book();
        return book.current(new CertificateId(certificate.system(), number)).equals(book.current(certificate));
    }

    @CheckForNull
    private static Job<?, ?> job(@CheckForNull String name) {
        if (name == null) {
            return null;
        }
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            return Jenkins.get().getItemByFullName(name, Job.class);
        }
    }

    /** The full name of the folder that a job is in, which of a branch is its project's; empty at the top. */
    static String folderOf(Job<?, ?> job) {
        ItemGroup<?> parent = job.getParent();
        return isBranch(job) && parent instanceof Item project
                ? project.getParent().getFullName()
                : parent.getFullName();
    }

    private static boolean isBranch(Item item) {
        return SCMHead.HeadByItem.findHead(item) != null;
    }

    boolean isShownTo(Item item) {
        return reach(item) != Reach.NOBODY;
    }

    /** How near an entry is to whoever asks; the nearest counts first. */
    enum Reach {
        OWN,
        BRANCH,
        FOLDER,
        JENKINS,
        NOBODY
    }

    /** Where a job finds the entry. */
    Reach reach(Item item) {
        if (owner == null) {
            return Reach.NOBODY;
        }
        boolean changeRequest = Applicant.of(item).changeRequest();
        if (changeRequest && !isForChangeRequests()) {
            return Reach.NOBODY;
        }
        if (item.getFullName().equals(owner.getFullName())) {
            return Reach.OWN;
        }
        if (isBranchOfSameProject(item)) {
            return Reach.BRANCH;
        }
        return rows.stream()
                .filter(row -> !changeRequest || row.changeRequests())
                .map(row -> reach(row.visibility(), item.getFullName()))
                .min(Reach::compareTo)
                .orElse(Reach.NOBODY);
    }

    private boolean isForChangeRequests() {
        return rows.stream().anyMatch(Audience::changeRequests);
    }

    private boolean isBranchOfSameProject(Item item) {
        return item instanceof Job && isBranch(item) && isBranch(owner) && item.getParent() == owner.getParent();
    }

    private Reach reach(Visibility visibility, String name) {
        return switch (visibility) {
            case JOB -> Reach.NOBODY;
            case FOLDER -> isInFolder(name) ? Reach.FOLDER : Reach.NOBODY;
            case JENKINS -> Reach.JENKINS;
        };
    }

    /** Jenkins itself is no folder. */
    private boolean isInFolder(String name) {
        String folder = entry.folder();
        return folder != null
                && !folder.isEmpty()
                && folder.equals(folderOf(Objects.requireNonNull(owner, "Nobody is shown an entry without a job")))
                && (name + "/").startsWith(folder + "/");
    }

    /** Where a folder, or Jenkins itself, finds the entry: only what all of it is shown. */
    Reach reach(ItemGroup<?> group) {
        return owner == null
                ? Reach.NOBODY
                : rows.stream()
                        .map(row -> reach(row.visibility(), group.getFullName()))
                        .min(Reach::compareTo)
                        .orElse(Reach.NOBODY);
    }

    /** The folder or job that lists the entry among its credentials; Jenkins itself where all of it is shown it. */
    @CheckForNull
    String place() {
        if (owner == null || Applicant.of(owner).changeRequest() && !isForChangeRequests()) {
            return null;
        }
        boolean everywhere = rows.stream().anyMatch(row -> row.visibility() == Visibility.JENKINS);
        boolean inFolder =
                rows.stream().anyMatch(row -> row.visibility() == Visibility.FOLDER) && isInFolder(owner.getFullName());
        return everywhere ? "" : inFolder ? entry.folder() : owner.getFullName();
    }
}
