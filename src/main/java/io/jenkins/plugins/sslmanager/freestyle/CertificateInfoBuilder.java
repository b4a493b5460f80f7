package io.jenkins.plugins.sslmanager.freestyle;

import hudson.Extension;
import io.jenkins.plugins.sslmanager.steps.CertificateInfoStep;
import io.jenkins.plugins.sslmanager.steps.Messages;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code sslCertificateInfo} in freestyle jobs. */
public final class CertificateInfoBuilder extends SslManagerBuilder {

    @DataBoundConstructor
    public CertificateInfoBuilder(CertificateInfoStep step) {
        super(step);
    }

    @Extension
    @Symbol("sslCertificateInfo")
    public static final class DescriptorImpl extends SslManagerBuilderDescriptor {

        public DescriptorImpl() {
            super(
                    CertificateInfoStep.class,
                    Messages::CertificateInfoStep_displayName,
                    Variable.SSL_CERTIFICATE_ID,
                    Variable.SSL_CSR_FILE,
                    Variable.SSL_PREVIOUS_SERIAL_NUMBER);
        }
    }
}
