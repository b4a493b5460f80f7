package io.jenkins.plugins.sslmanager.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Computer;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import io.jenkins.plugins.sslmanager.engine.reissue.CertificateNames;
import io.jenkins.plugins.sslmanager.outputs.KeyFiles;
import java.io.IOException;
import java.io.Serial;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.security.auth.x500.X500Principal;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.verb.POST;

/** {@code sslGenerateCsr}: makes a key pair and the CSR for it; the private key goes into the workspace and nowhere else. */
public final class GenerateCsrStep extends SslManagerStep {

    public static final String DEFAULT_KEY_FILE = "key.pem";
    public static final String DEFAULT_CSR_FILE = "request.csr";
    public static final String DEFAULT_KEY_ALGORITHM = KeyAlgorithm.RSA_2048.name();

    private long certificateId;

    @CheckForNull
    private String commonName;

    @CheckForNull
    private String names;

    @CheckForNull
    private String subject;

    private String keyAlgorithm = DEFAULT_KEY_ALGORITHM;
    private String keyFile = DEFAULT_KEY_FILE;
    private String csrFile = DEFAULT_CSR_FILE;

    @DataBoundConstructor
    public GenerateCsrStep() {}

    /** The certificate whose names are taken over; 0 for none. */
    public long getCertificateId() {
        return certificateId;
    }

    @DataBoundSetter
    public void setCertificateId(long certificateId) {
        this.certificateId = certificateId;
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

    /** An X.500 name; null to take over the certificate's, or the common name alone. */
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
        String given = Util.fixEmptyAndTrim(keyAlgorithm);
        this.keyAlgorithm = given == null ? DEFAULT_KEY_ALGORITHM : given;
    }

    /** A path in the workspace; the file gets the permissions 0600. */
    public String getKeyFile() {
        return keyFile;
    }

    @DataBoundSetter
    public void setKeyFile(@CheckForNull String keyFile) {
        String given = Util.fixEmptyAndTrim(keyFile);
        this.keyFile = given == null ? DEFAULT_KEY_FILE : given;
    }

    /** A path in the workspace. */
    public String getCsrFile() {
        return csrFile;
    }

    @DataBoundSetter
    public void setCsrFile(@CheckForNull String csrFile) {
        String given = Util.fixEmptyAndTrim(csrFile);
        this.csrFile = given == null ? DEFAULT_CSR_FILE : given;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(this, context);
    }

    static final class Execution extends SslManagerExecution {

        @Serial
        private static final long serialVersionUID = 1L;

        private final long certificateId;

        @CheckForNull
        private final String commonName;

        @CheckForNull
        private final String names;

        @CheckForNull
        private final String subject;

        private final String keyAlgorithm;
        private final String keyFile;
        private final String csrFile;

        Execution(GenerateCsrStep step, StepContext context) {
            super(step, context);
            certificateId = step.getCertificateId();
            commonName = step.getCommonName();
            names = step.getNames();
            subject = step.getSubject();
            keyAlgorithm = step.getKeyAlgorithm();
            keyFile = step.getKeyFile();
            csrFile = step.getCsrFile();
        }

        @Override
        CompletableFuture<?> work(AccountAccess access) throws IOException, InterruptedException {
            if (getContext().get(FilePath.class) == null) {
                throw new IllegalArgumentException(
                        "The private key goes into the workspace, but there is none. Put the step inside 'node'");
            }
            if (commonName == null && certificateId == 0) {
                throw new IllegalArgumentException(
                        "It is not known what the CSR is for. Set 'certificateId' to the certificate"
                                + " to be re-issued, or 'commonName' to its name");
            }
            algorithm();
            return (commonName == null
                            ? abortable(access.api().certificateInfo(certificateId))
                            : CompletableFuture.<Certificate>completedFuture(null))
                    .thenApplyAsync(this::generate, Computer.threadPoolForRemoting);
        }

        private Map<String, Object> generate(@CheckForNull Certificate existing) {
            List<String> wanted =
                    existing == null ? CertificateNames.of(commonName, names) : CertificateNames.of(existing, names);
            KeyPair pair = algorithm().generate();
            X500Principal who = subject(existing);
            CertificateSigningRequest csr = who == null
                    ? CertificateSigningRequest.create(pair, wanted.get(0), wanted.subList(1, wanted.size()))
                    : CertificateSigningRequest.create(pair, who, wanted);
            try {
                boolean exposed =
                        KeyFiles.write(getContext().get(FilePath.class), keyFile, pair.getPrivate(), csrFile, csr);
                log("Wrote " + keyFile + " (" + keyAlgorithm + ") and " + csrFile + " for " + csr.dnsNames());
                if (exposed) {
                    log("Warning: the file system of the agent has no permissions, so others on it may read "
                            + keyFile);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CompletionException(e);
            } catch (IOException e) {
                throw new CompletionException(e);
            }
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("csr", csr.toPem());
            result.put("names", new ArrayList<>(csr.dnsNames()));
            result.put("publicKeySha256", csr.publicKeySha256());
            result.put("keyFile", keyFile);
            result.put("csrFile", csrFile);
            return result;
        }

        /** Null for the common name alone. */
        @CheckForNull
        private X500Principal subject(@CheckForNull Certificate existing) {
            if (subject != null) {
                try {
                    return new X500Principal(subject);
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(
                            "subject: '" + subject + "' is no X.500 name. Write it such as"
                                    + " CN=www.example.com, O=Example GmbH, L=Regensburg, C=DE",
                            e);
                }
            }
            return existing == null || existing.server() == null
                    ? null
                    : Pem.certificate(existing.server()).getSubjectX500Principal();
        }

        private KeyAlgorithm algorithm() {
            return Arrays.stream(KeyAlgorithm.values())
                    .filter(algorithm -> algorithm.name().equalsIgnoreCase(keyAlgorithm))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("keyAlgorithm: '" + keyAlgorithm
                            + "' is none. Set it to" + " one of " + Arrays.toString(KeyAlgorithm.values())));
        }

        @Override
        public String getStatus() {
            return "making a key and a CSR";
        }
    }

    @Extension
    public static final class DescriptorImpl extends SslManagerStepDescriptor {

        public static final String defaultKeyFile = DEFAULT_KEY_FILE;
        public static final String defaultCsrFile = DEFAULT_CSR_FILE;
        public static final String defaultKeyAlgorithm = DEFAULT_KEY_ALGORITHM;

        @Override
        public String getFunctionName() {
            return "sslGenerateCsr";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.GenerateCsrStep_displayName();
        }

        @POST
        public ListBoxModel doFillKeyAlgorithmItems() {
            ListBoxModel items = new ListBoxModel();
            for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
                items.add(algorithm.name());
            }
            return items;
        }
    }
}
