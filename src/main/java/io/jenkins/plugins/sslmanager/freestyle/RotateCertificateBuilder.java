package io.jenkins.plugins.sslmanager.freestyle;

import hudson.Extension;
import io.jenkins.plugins.sslmanager.rotation.Messages;
import io.jenkins.plugins.sslmanager.rotation.RotateCertificateStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code sslRotateCertificate} in freestyle jobs. */
public final class RotateCertificateBuilder extends SslManagerBuilder {

    @DataBoundConstructor
    public RotateCertificateBuilder(RotateCertificateStep step) {
        super(step);
    }

    @Extension
    @Symbol("sslRotateCertificate")
    public static final class DescriptorImpl extends SslManagerBuilderDescriptor {

        public DescriptorImpl() {
            super(
                    RotateCertificateStep.class,
                    Messages::RotateCertificateStep_displayName,
                    Variable.SSL_CERTIFICATE_ID);
        }
    }
}
