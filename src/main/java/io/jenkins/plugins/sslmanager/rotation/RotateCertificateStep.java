package io.jenkins.plugins.sslmanager.rotation;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * {@code sslRotateCertificate}: re-issues certificates that are due, from the new key to the delivery of key, certificate and
 * chain.
 */
public final class RotateCertificateStep extends RotationStep {

    @DataBoundConstructor
    public RotateCertificateStep() {}

    @Override
    StepExecution execution(StepContext context) {
        return new RotateCertificateExecution(this, context);
    }

    @Extension
    public static final class DescriptorImpl extends RotationStepDescriptor {

        @Override
        public String getFunctionName() {
            return "sslRotateCertificate";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RotateCertificateStep_displayName();
        }
    }
}
