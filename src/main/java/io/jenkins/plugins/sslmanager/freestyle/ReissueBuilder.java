package io.jenkins.plugins.sslmanager.freestyle;

import hudson.Extension;
import io.jenkins.plugins.sslmanager.steps.Messages;
import io.jenkins.plugins.sslmanager.steps.ReissueStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code sslReissue} in freestyle jobs. */
public final class ReissueBuilder extends SslManagerBuilder {

    @DataBoundConstructor
    public ReissueBuilder(ReissueStep step) {
        super(step);
    }

    @Extension
    @Symbol("sslReissue")
    public static final class DescriptorImpl extends SslManagerBuilderDescriptor {

        public DescriptorImpl() {
            super(
                    ReissueStep.class,
                    Messages::ReissueStep_displayName,
                    Variable.SSL_CERTIFICATE_ID,
                    Variable.SSL_CSR_FILE);
        }
    }
}
