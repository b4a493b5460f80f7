package io.jenkins.plugins.sslmanager.credentials;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Api;
import hudson.model.Failure;
import hudson.model.ManagementLink;
import hudson.security.Permission;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import io.jenkins.plugins.sslmanager.engine.vault.WantedKey;
import java.util.Comparator;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.verb.POST;

/** What an administrator sees of the vault. */
@Extension
@ExportedBean
public final class VaultPage extends ManagementLink implements StaplerProxy {

    static final String URL = "ssl-manager-vault";

    private static final Logger LOGGER = Logger.getLogger(VaultPage.class.getName());

    @CheckForNull
    @Override
    public String getIconFileName() {
        return SslManagerConfiguration.get().getAccounts().isEmpty() ? null : "symbol-credentials plugin-credentials";
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.VaultPage_displayName();
    }

    @Override
    public String getDescription() {
        return Messages.VaultPage_description();
    }

    @NonNull
    @Override
    public String getUrlName() {
        return URL;
    }

    @NonNull
    @Override
    public Permission getRequiredPermission() {
        return Jenkins.ADMINISTER;
    }

    @NonNull
    @Override
    public Category getCategory() {
        return Category.STATUS;
    }

    /** Whatever is below this address is for administrators. */
    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return this;
    }

    /** What is damaged, for people. */
    @Exported
    public List<String> getTroubles() {
        return VaultTrouble.now();
    }

    /** By their names. */
    @Exported(inline = true)
    public List<VaultRow> getEntries() {
        try {
            return CertificateVault.get().vault().entries().stream()
                    .map(VaultRow::new)
                    .sorted(Comparator.comparing(VaultRow::getName).thenComparing(VaultRow::getId))
                    .toList();
        } catch (ExpectedFailure e) {
            return List.of();
        }
    }

    /** Certificates, with their jobs, that are not ordered for want of their keys before an administrator confirms it. */
    @Exported
    public List<String> getHeldBack() {
        try {
            return CertificateVault.get().wanted().heldBack().stream()
                    .map(VaultPage::words)
                    .sorted()
                    .toList();
        } catch (ExpectedFailure e) {
            return List.of();
        }
    }

    private static String words(WantedKey wanted) {
        return wanted.certificateName() + ", " + wanted.job();
    }

    public Api getApi() {
        return new Api(this);
    }

    /** Deletes the keys of an entry, so that nobody is provided from it any more. */
    @POST
    public HttpResponse doGiveUp(@QueryParameter String id) {
        return change(
                "has given up the vault's entry " + id,
                () -> CertificateVault.get().vault().giveUp(id));
    }

    /** Allows all orders that are held back. */
    @POST
    public HttpResponse doConfirm() {
        return change(
                "has allowed the orders for want of keys: " + getHeldBack(),
                () -> CertificateVault.get().wanted().confirm());
    }

    private static HttpResponse change(String what, Runnable change) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        try {
            change.run();
        } catch (ExpectedFailure e) {
            throw new Failure(e.getMessage());
        }
        LOGGER.log(Level.INFO, () -> Jenkins.getAuthentication2().getName() + " " + what);
        return HttpResponses.redirectViaContextPath("manage/" + URL + "/");
    }
}
