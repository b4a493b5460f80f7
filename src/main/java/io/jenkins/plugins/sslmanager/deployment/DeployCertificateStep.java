package io.jenkins.plugins.sslmanager.deployment;

import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.sslmanager.engine.async.Durations;
import io.jenkins.plugins.sslmanager.engine.served.TlsEndpoint;
import io.jenkins.plugins.sslmanager.forms.FormCheck;
import io.jenkins.plugins.sslmanager.forms.FormChoices;
import io.jenkins.plugins.sslmanager.forms.Parameter;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * {@code sslDeployCertificate}: has its block bring a certificate to a target, until the target has it. Whether to run the block
 * is decided by what the target has got, not by what an earlier step of this build has done.
 */
public final class DeployCertificateStep extends Step {

    static final String DEFAULT_VERIFY_FOR = "2m";

    private final String credentialsId;
    private final String target;

    @CheckForNull
    private String verify;

    private String verifyFor = DEFAULT_VERIFY_FOR;
    private boolean keyStore;

    @DataBoundConstructor
    public DeployCertificateStep(@CheckForNull String credentialsId, @CheckForNull String target) {
        this.credentialsId = Util.fixNull(credentialsId).trim();
        this.target = Util.fixNull(target).trim();
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    /** The name of where the block brings the certificate, for this job alone. */
    public String getTarget() {
        return target;
    }

    /** Where it is to be seen afterwards, such as {@code www.example.com:443, mail.example.com:25/smtp}. */
    @CheckForNull
    public String getVerify() {
        return verify;
    }

    @DataBoundSetter
    public void setVerify(@CheckForNull String verify) {
        this.verify = Util.fixEmptyAndTrim(verify);
    }

    /** How long after the block to look for it, such as {@code 2m}. */
    public String getVerifyFor() {
        return verifyFor;
    }

    @DataBoundSetter
    public void setVerifyFor(@CheckForNull String verifyFor) {
        this.verifyFor = Objects.requireNonNullElse(Util.fixEmptyAndTrim(verifyFor), DEFAULT_VERIFY_FOR);
    }

    /** Tells whether the block also finds a PKCS#12 key store, under a password of its own. */
    public boolean isKeyStore() {
        return keyStore;
    }

    @DataBoundSetter
    public void setKeyStore(boolean keyStore) {
        this.keyStore = keyStore;
    }

    /** @throws AbortException if a parameter is missing or says nothing */
    @Override
    public StepExecution start(StepContext context) throws AbortException {
        try {
            require("credentialsId", credentialsId, "the ID of a credential of the kind 'Certificate'");
            require("target", target, "a name of where the block brings the certificate, such as web");
            return new DeployCertificateExecution(credentialsId, target, endpoints(), patience(), keyStore, context);
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    static void require(String parameter, String value, String whatItIs) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("'" + parameter + "' is missing. Set it to " + whatItIs);
        }
    }

    private List<TlsEndpoint> endpoints() {
        String hosts = verify;
        return hosts == null ? List.of() : Parameter.read("verify", () -> TlsEndpoint.parse(hosts));
    }

    private Duration patience() {
        return Parameter.read("verifyFor", () -> Durations.parse(verifyFor));
    }

    @Extension
    public static final class DescriptorImpl extends StepDescriptor {

        public static final String defaultVerifyFor = DEFAULT_VERIFY_FOR;

        @Override
        public String getFunctionName() {
            return "sslDeployCertificate";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.DeployCertificateStep_displayName();
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FilePath.class);
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath @CheckForNull Item item, @QueryParameter String credentialsId) {
            return FormChoices.credentials(item, credentialsId, StandardCertificateCredentials.class);
        }

        @POST
        public FormValidation doCheckVerify(@QueryParameter String value) {
            return FormCheck.check(() -> {
                if (!value.isBlank()) {
                    TlsEndpoint.parse(value);
                }
            });
        }

        @POST
        public FormValidation doCheckVerifyFor(@QueryParameter String value) {
            return FormCheck.check(() -> {
                if (!value.isBlank()) {
                    Durations.parse(value.trim());
                }
            });
        }
    }
}
