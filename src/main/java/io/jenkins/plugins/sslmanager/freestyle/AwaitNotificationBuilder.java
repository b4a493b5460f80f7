package io.jenkins.plugins.sslmanager.freestyle;

import hudson.Extension;
import io.jenkins.plugins.sslmanager.steps.AwaitNotificationStep;
import io.jenkins.plugins.sslmanager.steps.Messages;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code sslAwaitNotification} in freestyle jobs. */
public final class AwaitNotificationBuilder extends SslManagerBuilder {

    @DataBoundConstructor
    public AwaitNotificationBuilder(AwaitNotificationStep step) {
        super(step);
    }

    @Extension
    @Symbol("sslAwaitNotification")
    public static final class DescriptorImpl extends SslManagerBuilderDescriptor {

        public DescriptorImpl() {
            super(AwaitNotificationStep.class, Messages::AwaitNotificationStep_displayName, Variable.SSL_JOB_ID);
        }
    }
}
