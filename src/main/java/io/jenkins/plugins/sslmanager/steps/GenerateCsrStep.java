package io.jenkins.plugins.sslmanager.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.delivery.KeyFiles;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.pki.UsualFileNames;
import io.jenkins.plugins.sslmanager.engine.rotation.CertificateNames;
import io.jenkins.plugins.sslmanager.engine.rotation.NewKey;
import io.jenkins.plugins.sslmanager.execution.OrderExecution;
import io.jenkins.plugins.sslmanager.forms.FormCheck;
import io.jenkins.plugins.sslmanager.forms.FormChoices;
import io.jenkins.plugins.sslmanager.forms.ServiceIds;
import io.jenkins.plugins.sslmanager.orders.Orders;
import java.io.IOException;
import java.io.Serial;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code sslGenerateCsr}: makes a key pair and the CSR for it; the private key goes where the step says, and nowhere else. */
public final class GenerateCsrStep extends SslManagerStep {

    public static final String DEFAULT_KEY_FILE = UsualFileNames.KEY;
    public static final String DEFAULT_CSR_FILE = "request.csr";
    public static final String DEFAULT_KEY_ALGORITHM = KeyAlgorithm.RSA_2048.name();

    @CheckForNull
    private String certificate;

    @CheckForNull
    private String commonName;

    @CheckForNull
    private String names;

    @CheckForNull
    private String subject;

    private String keyAlgorithm = DEFAULT_KEY_ALGORITHM;

    @CheckForNull
    private String keyFile;

    private String csrFile = DEFAULT_CSR_FILE;
    private boolean force;

    @DataBoundConstructor
    public GenerateCsrStep() {}

    /** The names of this certificate are taken over, which is given by name or number; null takes over none. */
    @CheckForNull
    public String getCertificate() {
        return certificate;
    }

    @DataBoundSetter
    public void setCertificate(@CheckForNull String certificate) {
        this.certificate = Util.fixEmptyAndTrim(certificate);
    }

    @CheckForNull
    public String getCommonName() {
        return commonName;
    }

    @DataBoundSetter
    public void setCommonName(@CheckForNull String commonName) {
        this.commonName = Util.fixEmptyAndTrim(commonName);
    }

    /** Further DNS names, separated by commas or white space; wildcards and Unicode are fine. */
    @CheckForNull
    public String getNames() {
        return names;
    }

    @DataBoundSetter
    public void setNames(@CheckForNull String names) {
        this.names = Util.fixEmptyAndTrim(names);
    }

    /** Returns an X.500 name; null to take over the certificate's, or the common name alone. */
    @CheckForNull
    public String getSubject() {
        return subject;
    }

    @DataBoundSetter
    public void setSubject(@CheckForNull String subject) {
        this.subject = Util.fixEmptyAndTrim(subject);
    }

    public String getKeyAlgorithm() {
        return keyAlgorithm;
    }

    @DataBoundSetter
    public void setKeyAlgorithm(@CheckForNull String keyAlgorithm) {
        this.keyAlgorithm = Objects.requireNonNullElse(Util.fixEmptyAndTrim(keyAlgorithm), DEFAULT_KEY_ALGORITHM);
    }

    /** Returns a path in the workspace; null for the order book, which keeps the key until its certificate is delivered. */
    @CheckForNull
    public String getKeyFile() {
        return keyFile;
    }

    @DataBoundSetter
    public void setKeyFile(@CheckForNull String keyFile) {
        this.keyFile = Util.fixEmptyAndTrim(keyFile);
    }

    /** The CSR gets this path in the workspace. */
    public String getCsrFile() {
        return csrFile;
    }

    @DataBoundSetter
    public void setCsrFile(@CheckForNull String csrFile) {
        this.csrFile = Objects.requireNonNullElse(Util.fixEmptyAndTrim(csrFile), DEFAULT_CSR_FILE);
    }

    /** Tells whether to make a new key also where this job has an open order, whose CSR is given back otherwise. */
    public boolean isForce() {
        return force;
    }

    @DataBoundSetter
    public void setForce(boolean force) {
        this.force = force;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(this, context);
    }

    static final class Execution extends OrderExecution {

        @Serial
        private static final long serialVersionUID = 1L;

        @CheckForNull
        private final String certificate;

        private final NewKey wanted;

        @CheckForNull
        private final String keyFile;

        private final String csrFile;
        private final boolean force;

        Execution(GenerateCsrStep step, StepContext context) {
            super(step.getAccount(), step.getCredentialsId(), context);
            certificate = step.getCertificate();
            wanted = new NewKey(step.getKeyAlgorithm(), step.getCommonName(), step.getNames(), step.getSubject());
            keyFile = step.getKeyFile();
            csrFile = step.getCsrFile();
            force = step.isForce();
        }

        @Override
        protected CompletableFuture<?> work(AccountAccess access) throws IOException, InterruptedException {
            if (keyFile != null && getContext().get(FilePath.class) == null) {
                throw new IllegalArgumentException("'keyFile' needs a workspace. Put the"
                        + " step inside 'node', or leave 'keyFile' out: then the order book keeps the key");
            }
            if (wanted.takesOverNames() && certificate == null) {
                throw new IllegalArgumentException(
                        "It is not known what the CSR is for. Set 'certificate' to the certificate"
                                + " to be re-issued, or 'commonName' to its name");
            }
            wanted.algorithm();
            if (certificate == null) {
                return CompletableFuture.supplyAsync(() -> inFuture(() -> generate(null)), pool());
            }
            return number(access, ServiceIds.certificate(certificate))
                    .thenComposeAsync(number -> goOnOrGenerate(access, number), pool());
        }

        private CompletableFuture<?> goOnOrGenerate(AccountAccess access, long number) {
            Optional<Order> open =
                    keyFile != null || force ? Optional.empty() : openOrder(new CertificateId(access.system(), number));
            if (open.isPresent()) {
                return CompletableFuture.completedFuture(inFuture(() -> goOn(open.get())));
            }
            return (wanted.takesOverNames()
                            ? abortable(access.api().certificateInfo(current(access, number)))
                            : CompletableFuture.<Certificate>completedFuture(null))
                    .thenApplyAsync(existing -> inFuture(() -> generate(existing)), pool());
        }

        /** What an earlier build of this job has ordered: a new key would only be in its way. */
        private Optional<Order> openOrder(CertificateId certificate) {
            return Orders.get()
                    .book()
                    .openFor(certificate)
                    .filter(order -> order.hasKey() && order.stage().mayBeAtService() && isOwn(order));
        }

        private Map<String, Object> goOn(Order order) throws IOException, InterruptedException {
            log("This job has ordered the certificate already. Its CSR is taken, and no new key is made: " + order);
            CertificateSigningRequest csr =
                    CertificateSigningRequest.parse(order.request().csr());
            Map<String, Object> result = result(csr);
            writeCsr(csr, result);
            return result;
        }

        private Map<String, Object> generate(@CheckForNull Certificate existing)
                throws IOException, InterruptedException {
            KeyPair pair = wanted.algorithm().generate();
            CertificateSigningRequest csr = wanted.csr(pair, existing, Set.of());
            Map<String, Object> result = result(csr);
            if (keyFile == null) {
                Orders.get().book().keys().keep(pair.getPrivate(), csr, Orders.owner(build()));
                log("The new key (" + wanted.algorithm() + ") waits, sealed, in the order book");
            } else {
                KeyFiles.write(getContext().get(FilePath.class), keyFile, true, pair.getPrivate(), this::log);
                result.put("keyFile", keyFile);
            }
            writeCsr(csr, result);
            return result;
        }

        private static Map<String, Object> result(CertificateSigningRequest csr) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("csr", csr.toPem());
            result.put("names", new ArrayList<>(csr.dnsNames()));
            result.put("publicKeySha256", csr.publicKeySha256());
            return result;
        }

        private void writeCsr(CertificateSigningRequest csr, Map<String, Object> result)
                throws IOException, InterruptedException {
            FilePath workspace = getContext().get(FilePath.class);
            if (workspace == null) {
                return;
            }
            KeyFiles.write(workspace, csrFile, csr);
            log("Wrote " + csrFile + " for " + csr.dnsNames());
            result.put("csrFile", csrFile);
        }

        @Override
        public String getStatus() {
            return "making a key and a CSR";
        }
    }

    @Extension
    public static final class DescriptorImpl extends SslManagerStepDescriptor {

        public static final String defaultCsrFile = DEFAULT_CSR_FILE;
        public static final String defaultKeyAlgorithm = DEFAULT_KEY_ALGORITHM;

        @Override
        public String getFunctionName() {
            return "sslGenerateCsr";
        }

        @POST
        public ListBoxModel doFillKeyAlgorithmItems() {
            return FormChoices.keyAlgorithms();
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.GenerateCsrStep_displayName();
        }

        @POST
        public FormValidation doCheckCommonName(@QueryParameter String value) {
            return FormCheck.unlessEmpty(value, name -> CertificateNames.of(name, null));
        }
    }
}
