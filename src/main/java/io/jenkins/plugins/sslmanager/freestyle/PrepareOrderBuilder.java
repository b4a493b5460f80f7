package io.jenkins.plugins.sslmanager.freestyle;

import hudson.Extension;
import io.jenkins.plugins.sslmanager.steps.Messages;
import io.jenkins.plugins.sslmanager.steps.PrepareOrderStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code sslPrepareOrder} in freestyle jobs. */
public final class PrepareOrderBuilder extends SslManagerBuilder {

    @DataBoundConstructor
    public PrepareOrderBuilder(PrepareOrderStep step) {
        super(step);
    }

    @Extension
    @Symbol("sslPrepareOrder")
    public static final class DescriptorImpl extends SslManagerBuilderDescriptor {

        public DescriptorImpl() {
            super(
                    PrepareOrderStep.class,
                    Messages::PrepareOrderStep_displayName,
                    Variable.SSL_CERTIFICATE_ID,
                    Variable.SSL_CSR_FILE);
        }
    }
}
