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
import io.jenkins.plugins.sslmanager.certificates.Deployment;
import io.jenkins.plugins.sslmanager.certificates.Deployments;
import io.jenkins.plugins.sslmanager.engine.served.ServedReport;
import io.jenkins.plugins.sslmanager.engine.served.TlsEndpoint;
import io.jenkins.plugins.sslmanager.execution.BackgroundExecution;
import io.jenkins.plugins.sslmanager.forms.FormCheck;
import io.jenkins.plugins.sslmanager.forms.FormChoices;
import io.jenkins.plugins.sslmanager.forms.Parameter;
import java.io.IOException;
import java.io.Serial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code sslCheckServed}: looks at whether servers present the certificate of a credential; the build is unstable otherwise. */
public final class CheckServedStep extends Step {

    private final String hosts;
    private final String credentialsId;

    @DataBoundConstructor
    public CheckServedStep(@CheckForNull String hosts, @CheckForNull String credentialsId) {
        this.hosts = Util.fixNull(hosts).trim();
        this.credentialsId = Util.fixNull(credentialsId).trim();
    }

    /** Such as {@code www.example.com:443, mail.example.com:25/smtp}. */
    public String getHosts() {
        return hosts;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    /** @throws AbortException if a parameter is missing or says nothing */
    @Override
    public StepExecution start(StepContext context) throws AbortException {
        try {
            DeployCertificateStep.require(
                    "credentialsId", credentialsId, "the ID of a credential of the kind 'Certificate'");
            return new Execution(credentialsId, Parameter.read("hosts", () -> TlsEndpoint.parse(hosts)), context);
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    private static final class Execution extends BackgroundExecution {

        @Serial
        private static final long serialVersionUID = 1L;

        private final String credentialsId;
        private final ArrayList<TlsEndpoint> endpoints;

        Execution(String credentialsId, List<TlsEndpoint> endpoints, StepContext context) {
            super(context);
            this.credentialsId = credentialsId;
            this.endpoints = new ArrayList<>(endpoints);
        }

        @Override
        public boolean start() {
            inBackground(this::check);
            return false;
        }

        @Override
        public void onResume() {
            inBackground(this::check);
        }

        private void check() throws IOException, InterruptedException {
            DeployableCertificate certificate = DeployableCertificate.of(build(), credentialsId);
            ServedReport report =
                    ServedLook.from(getContext().get(FilePath.class), certificate.sha256Fingerprint(), endpoints);
            log("Looking for " + certificate.words());
            report.lines().forEach(this::log);
            keep(certificate, report);
            if (!report.isServed()) {
                unstable("Not served: " + report.fault().orElseThrow());
            }
            finish(result(report), null);
        }

        private void keep(DeployableCertificate certificate, ServedReport report)
                throws IOException, InterruptedException {
            String target = endpoints.stream().map(TlsEndpoint::toString).collect(Collectors.joining(", "));
            FlowNode node = getContext().get(FlowNode.class);
            Deployments all = Deployments.get();
            Instant now = Instant.now();
            all.keep(Deployment.begun(
                            build(),
                            node == null ? "" : node.getId(),
                            credentialsId,
                            target,
                            certificate.leaf(),
                            all.find(build().getParent().getFullName(), credentialsId, target),
                            now)
                    .ended(
                            report.isServed() ? Deployment.Outcome.DEPLOYED : Deployment.Outcome.NOT_SERVED,
                            report.lines(),
                            now));
        }

        private static Map<String, Object> result(ServedReport report) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("served", report.isServed());
            result.put("addresses", new ArrayList<>(report.lines()));
            return result;
        }

        @Override
        public String getStatus() {
            return "looking at " + endpoints;
        }
    }

    @Extension
    public static final class DescriptorImpl extends StepDescriptor {

        @Override
        public String getFunctionName() {
            return "sslCheckServed";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.CheckServedStep_displayName();
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
        public FormValidation doCheckHosts(@QueryParameter String value) {
            return FormCheck.check(() -> TlsEndpoint.parse(value));
        }
    }
}
