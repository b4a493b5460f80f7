package io.jenkins.plugins.sslmanager.rotation;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code sslRotateWithValidation}: rotates certificates, and has its block publish the record or the file that proves control
 * of the domains before it orders.
 */
public final class RotateWithValidationStep extends RotationStep {

    private boolean awaitDns;

    @DataBoundConstructor
    public RotateWithValidationStep() {}

    /** Whether to order only when all name servers in charge show the record. */
    public boolean isAwaitDns() {
        return awaitDns;
    }

    @DataBoundSetter
    public void setAwaitDns(boolean awaitDns) {
        this.awaitDns = awaitDns;
    }

    @Override
    StepExecution execution(StepContext context) {
        return new RotateWithValidationExecution(this, context);
    }

    @Extension
    public static final class DescriptorImpl extends RotationStepDescriptor {

        @Override
        public String getFunctionName() {
            return "sslRotateWithValidation";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RotateWithValidationStep_displayName();
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }
    }
}
