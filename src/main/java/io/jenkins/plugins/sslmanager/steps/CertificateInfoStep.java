package io.jenkins.plugins.sslmanager.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.account.Connections;
import io.jenkins.plugins.sslmanager.credentials.CertificateVault;
import io.jenkins.plugins.sslmanager.credentials.CredentialId;
import io.jenkins.plugins.sslmanager.delivery.CertificateOfBuild;
import io.jenkins.plugins.sslmanager.delivery.CertificateOutcome;
import io.jenkins.plugins.sslmanager.delivery.CertificatesAction;
import io.jenkins.plugins.sslmanager.delivery.Delivery;
import io.jenkins.plugins.sslmanager.delivery.KeyFiles;
import io.jenkins.plugins.sslmanager.delivery.StepResults;
import io.jenkins.plugins.sslmanager.delivery.WorkspaceFiles;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Holder;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import io.jenkins.plugins.sslmanager.engine.pki.PkiException;
import io.jenkins.plugins.sslmanager.engine.pki.ReissueChecks;
import io.jenkins.plugins.sslmanager.engine.rotation.CertificateReference;
import io.jenkins.plugins.sslmanager.engine.rotation.DueRule;
import io.jenkins.plugins.sslmanager.engine.rotation.IssuedCertificate;
import io.jenkins.plugins.sslmanager.engine.rotation.OrderProcess;
import io.jenkins.plugins.sslmanager.engine.vault.JobVault;
import io.jenkins.plugins.sslmanager.engine.vault.VaultEntry;
import io.jenkins.plugins.sslmanager.execution.OrderExecution;
import io.jenkins.plugins.sslmanager.forms.Parameter;
import io.jenkins.plugins.sslmanager.forms.ServiceIds;
import io.jenkins.plugins.sslmanager.orders.Orders;
import java.io.IOException;
import java.io.Serial;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code sslCertificateInfo}: gets certificate and chain, checks them, and writes them into the workspace if there is one. */
public final class CertificateInfoStep extends DeliveryStep {

    private final String certificate;

    @CheckForNull
    private String csr;

    @CheckForNull
    private String csrFile;

    @CheckForNull
    private String previousSerialNumber;

    private boolean unstableWhenDue;

    @DataBoundConstructor
    public CertificateInfoStep(String certificate) {
        this.certificate = Util.fixNull(certificate).trim();
    }

    /** Its name, or the service's number. After an order that is the one of {@code sslAwaitNotification}, since it can change. */
    public String getCertificate() {
        return certificate;
    }

    /** The certificate must fit this CSR, in PEM. Null checks nothing. */
    @CheckForNull
    public String getCsr() {
        return csr;
    }

    @DataBoundSetter
    public void setCsr(@CheckForNull String csr) {
        this.csr = Util.fixEmptyAndTrim(csr);
    }

    /** Returns the same CSR as a path in the workspace. */
    @CheckForNull
    public String getCsrFile() {
        return csrFile;
    }

    @DataBoundSetter
    public void setCsrFile(@CheckForNull String csrFile) {
        this.csrFile = Util.fixEmptyAndTrim(csrFile);
    }

    /** The new certificate must not have this serial number. It is only used together with a CSR. */
    @CheckForNull
    public String getPreviousSerialNumber() {
        return previousSerialNumber;
    }

    @DataBoundSetter
    public void setPreviousSerialNumber(@CheckForNull String previousSerialNumber) {
        this.previousSerialNumber = Util.fixEmptyAndTrim(previousSerialNumber);
    }

    public boolean isUnstableWhenDue() {
        return unstableWhenDue;
    }

    @DataBoundSetter
    public void setUnstableWhenDue(boolean unstableWhenDue) {
        this.unstableWhenDue = unstableWhenDue;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(this, context);
    }

    static final class Execution extends OrderExecution {

        @Serial
        private static final long serialVersionUID = 1L;

        private final CsrSource source;
        private final String certificate;

        @CheckForNull
        private final String previousSerialNumber;

        @CheckForNull
        private final String keyFile;

        private final boolean keepPrevious;
        private final Delivery delivery;
        private final String due;
        private final boolean unstableWhenDue;

        @CheckForNull
        private final String storeAs;

        Execution(CertificateInfoStep step, StepContext context) {
            super(step.getAccount(), step.getCredentialsId(), context);
            source = new CsrSource(step.getCsr(), step.getCsrFile());
            certificate = step.getCertificate();
            previousSerialNumber = step.getPreviousSerialNumber();
            keyFile = step.getKeyFile();
            keepPrevious = step.isKeepPrevious();
            delivery = step.delivery();
            due = step.getDue();
            storeAs = step.getStoreAs();
            unstableWhenDue = step.isUnstableWhenDue();
        }

        @Override
        protected CompletableFuture<?> work(AccountAccess access) throws IOException, InterruptedException {
            CertificateSigningRequest csr = source.isGiven() ? source.read(getContext()) : null;
            CertificateReference reference = ServiceIds.certificate(certificate);
            delivery.check(getContext());
            CredentialId.require(storeAs);
            if (storeAs != null) {
                CredentialId.requireFree(build(), storeAs);
            }
            Parameter.read("due", () -> DueRule.parse(due));
            return number(access, reference)
                    .thenComposeAsync(
                            number -> abortable(access.api().certificateInfo(current(access, number)))
                                    .thenApply(IssuedCertificate::of)
                                    .thenComposeAsync(
                                            issued -> inFuture(() -> handOver(access, number, issued, csr)), pool()),
                            pool());
        }

        /** Checks all before it writes anything. */
        private CompletableFuture<Map<String, Object>> handOver(
                AccountAccess access,
                long number,
                IssuedCertificate issued,
                @CheckForNull CertificateSigningRequest csr)
                throws IOException, InterruptedException {
            if (csr != null) {
                ReissueChecks.requireReissued(issued.chain(), csr, previousSerialNumber, Instant.now());
            }
            Holder holder = holder(certificate);
            Optional<Order> order = ownOrder(access, issued, holder);
            if (order.isEmpty()) {
                return CompletableFuture.completedFuture(deliver(access, number, issued, keyOfFile(), false));
            }
            OrderProcess process = new OrderProcess(
                    access.api(), Orders.get().book(), Connections.get().pauses(), pool(), this::log, Instant.MAX);
            return atWorkOn(
                    order.get(),
                    holder,
                    process::end,
                    () -> process.issued(order.get(), issued)
                            .thenApplyAsync(known -> inFuture(() -> deliver(access, number, known)), pool()));
        }

        /** Finds the open order of this job that the certificate comes from. */
        private Optional<Order> ownOrder(AccountAccess access, IssuedCertificate issued, Holder holder) {
            return Orders.get()
                    .book()
                    .openForKey(Certificates.publicKeySha256(issued.chain().leaf()))
                    .filter(order -> order.certificate().system().equals(access.system()) && isOwn(order))
                    .flatMap(order -> Orders.get().book().take(order, holder));
        }

        private Map<String, Object> deliver(AccountAccess access, long number, OrderProcess.IssuedOrder known)
                throws IOException, InterruptedException {
            Order order = known.order();
            PrivateKey key = order.hasKey() ? Orders.get().book().key(order) : keyOfFile();
            Map<String, Object> result = deliver(access, number, known.certificate(), key, order.hasKey());
            if (order.hasKey() && !handsKeyOn()) {
                log("The private key stays in the order book: set 'keyFile' or 'storeAs' to have it delivered");
            } else {
                Orders.get().book().advance(order, Order::delivered);
            }
            return result;
        }

        private boolean handsKeyOn() {
            return keyFile != null || storeAs != null || delivery.takesKey();
        }

        private Map<String, Object> deliver(
                AccountAccess access,
                long number,
                IssuedCertificate issued,
                @CheckForNull PrivateKey key,
                boolean keyIsNew)
                throws IOException, InterruptedException {
            delivery.check(getContext());
            if (key != null) {
                KeyStores.requirePair(key, issued.chain().leaf());
            }
            if (keyIsNew && keyFile != null) {
                KeyFiles.check(getContext().get(FilePath.class), keyFile);
            }
            keep(access, issued, key, keyIsNew);
            Delivery.Delivered delivered =
                    delivery.deliver(getContext(), issued, key, this::log).as(storeAs);
            if (keyIsNew && keyFile != null) {
                KeyFiles.write(getContext().get(FilePath.class), keyFile, keepPrevious, key, this::log);
            }
            CertificateOfBuild facts =
                    CertificateOfBuild.of(build(), access, issued, delivered, DueRule.parse(due), Instant.now());
            CertificatesAction.of(build())
                    .put(CertificateOutcome.of(
                            number,
                            facts.isRenewalNeeded()
                                    ? CertificateOutcome.Kind.RENEWAL_NEEDED
                                    : CertificateOutcome.Kind.DELIVERED,
                            facts,
                            delivered.credentialsId()));
            if (facts.isDue()) {
                tellThatItIsDue(facts);
            }
            Map<String, Object> result = StepResults.certificate(issued, facts, delivered.credentialsId());
            StepResults.putIfKnown(result, "keyFile", keyIsNew ? keyFile : null);
            return result;
        }

        /** In the vault, before anything else has it: a key that is new here, and one that shall be found there. */
        private void keep(
                AccountAccess access, IssuedCertificate issued, @CheckForNull PrivateKey key, boolean keyIsNew)
                throws IOException {
            JobVault vault = CertificateVault.get()
                    .of(build().getParent(), access.account().getId());
            CertificateId number =
                    new CertificateId(access.system(), issued.data().id());
            PrivateKey kept = key;
            if (kept == null && storeAs != null) {
                kept = vault.usable(number, issued.chain().leaf())
                        .filter(entry -> entry.newest().isOf(issued.chain().leaf()))
                        .map(CertificateVault.get().vault()::key)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "'storeAs' needs the private key, which neither this job's order book nor the vault has for"
                                        + " this certificate. Put the step inside 'node' and set 'keyFile' to its file in the"
                                        + " workspace"));
            }
            if (kept != null && (storeAs != null || keyIsNew && handsKeyOn())) {
                VaultEntry entry = vault.keep(number, issued.data().name(), storeAs, issued.chain(), kept);
                log(storeAs == null ? "Kept in the vault" : "Kept in the vault, as the credential '" + storeAs + "'");
                if (storeAs != null) {
                    CredentialId.requireFound(build(), storeAs, entry);
                }
            }
        }

        /** Returns null if no file is given. */
        @CheckForNull
        private PrivateKey keyOfFile() throws IOException, InterruptedException {
            if (keyFile == null) {
                return null;
            }
            try {
                return Pem.privateKey(WorkspaceFiles.read(getContext().get(FilePath.class), "keyFile", keyFile));
            } catch (PkiException e) {
                throw new IllegalArgumentException("keyFile " + keyFile + ": " + e.getMessage(), e);
            }
        }

        private void tellThatItIsDue(CertificateOfBuild facts) throws IOException, InterruptedException {
            String told = facts.getName() + " is due (" + facts.getDaysLeft() + " days left)"
                    + (facts.isRenewalNeeded()
                            ? ". A re-issue would not help, since its paid term ends with it. Renew it in SSL Manager"
                                    + " (400106), which is billed"
                            : "");
            log(told);
            if (unstableWhenDue) {
                unstable(told);
            }
        }

        @Override
        public String getStatus() {
            return "getting certificate " + certificate;
        }
    }

    @Extension
    public static final class DescriptorImpl extends DeliveryStepDescriptor {

        @Override
        public String getFunctionName() {
            return "sslCertificateInfo";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.CertificateInfoStep_displayName();
        }
    }
}
