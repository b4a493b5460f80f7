package io.jenkins.plugins.sslmanager.freestyle;

import hudson.Extension;
import io.jenkins.plugins.sslmanager.steps.GenerateCsrStep;
import io.jenkins.plugins.sslmanager.steps.Messages;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code sslGenerateCsr} in freestyle jobs. */
public final class GenerateCsrBuilder extends SslManagerBuilder {

    @DataBoundConstructor
    public GenerateCsrBuilder(GenerateCsrStep step) {
        super(step);
    }

    @Extension
    @Symbol("sslGenerateCsr")
    public static final class DescriptorImpl extends SslManagerBuilderDescriptor {

        public DescriptorImpl() {
            super(GenerateCsrStep.class, Messages::GenerateCsrStep_displayName, Variable.SSL_CERTIFICATE_ID);
        }
    }
}
