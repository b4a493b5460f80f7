package io.jenkins.plugins.sslmanager.freestyle;

import hudson.Extension;
import io.jenkins.plugins.sslmanager.deployment.CheckServedStep;
import io.jenkins.plugins.sslmanager.deployment.Messages;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code sslCheckServed} in freestyle jobs. */
public final class CheckServedBuilder extends SslManagerBuilder {

    @DataBoundConstructor
    public CheckServedBuilder(CheckServedStep step) {
        super(step);
    }

    @Extension
    @Symbol("sslCheckServed")
    public static final class DescriptorImpl extends SslManagerBuilderDescriptor {

        public DescriptorImpl() {
            super(CheckServedStep.class, Messages::CheckServedStep_displayName, Variable.SSL_CREDENTIALS_ID);
        }
    }
}
