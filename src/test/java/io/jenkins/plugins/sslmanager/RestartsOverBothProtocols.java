package io.jenkins.plugins.sslmanager;

import io.jenkins.plugins.sslmanager.account.QuickInboxes;
import io.jenkins.plugins.sslmanager.account.QuickTransport;
import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.http.TransportLimits;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.junit.jupiter.FlagExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Tests in which Jenkins restarts and the sandbox does not, once for each protocol of the account. */
@ParameterizedClass(name = "{0}")
@EnumSource(Protocol.class)
public abstract class RestartsOverBothProtocols {

    @RegisterExtension
    static final FlagExtension<TransportLimits> UNPACED = QuickTransport.unpaced();

    @RegisterExtension
    static final FlagExtension<Duration> QUICK = QuickInboxes.extension();

    @RegisterExtension
    protected final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Parameter
    protected Protocol protocol;

    protected final SandboxFixture fixture;

    /** @param jobDelay how long the sandbox's jobs take */
    protected RestartsOverBothProtocols(Duration jobDelay) {
        this(jobDelay, builder -> {});
    }

    /** @param settings of the sandbox */
    protected RestartsOverBothProtocols(Duration jobDelay, Consumer<Sandbox.Builder> settings) {
        fixture = new SandboxFixture(jobDelay, settings);
    }

    @AfterEach
    void closeSandbox() {
        fixture.close();
    }
}
