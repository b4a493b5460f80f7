package io.jenkins.plugins.sslmanager;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Node;
import hudson.model.TopLevelItem;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.sslmanager.account.QuickInboxes;
import io.jenkins.plugins.sslmanager.account.QuickTransport;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.http.TransportLimits;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import io.jenkins.plugins.sslmanager.orders.Orders;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.FlagExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Tests with a sandbox each and one Jenkins for all, which go through it once for each protocol of the account. */
@WithJenkins
@ParameterizedClass(name = "{0}")
@EnumSource(Protocol.class)
public abstract class OverBothProtocols {

    @RegisterExtension
    static final FlagExtension<TransportLimits> UNPACED = QuickTransport.unpaced();

    @RegisterExtension
    static final FlagExtension<Duration> QUICK = QuickInboxes.extension();

    protected static JenkinsRule jenkins;

    @Parameter
    protected Protocol protocol;

    protected final SandboxFixture fixture;

    /** @param jobDelay how long the sandbox's jobs take */
    protected OverBothProtocols(Duration jobDelay) {
        this(jobDelay, builder -> {});
    }

    /** @param settings of the sandbox */
    protected OverBothProtocols(Duration jobDelay, Consumer<Sandbox.Builder> settings) {
        fixture = new SandboxFixture(jobDelay, settings);
    }

    @BeforeAll
    static void startJenkins(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void setUpAccount() throws Exception {
        fixture.setUpAccount(protocol);
    }

    @AfterEach
    void emptyJenkinsAndCloseSandbox() throws Exception {
        // First, since grants remember what they were for when that is deleted.
        SslManagerConfiguration.get().setAccounts(List.of());
        for (TopLevelItem item : jenkins.jenkins.getItems()) {
            item.delete();
        }
        // The next sandbox begins with the same numbers.
        OrderBook book = Orders.get().book();
        book.openOrders().forEach(order -> book.giveUp(order.id(), "The test is over"));
        for (Node node : jenkins.jenkins.getNodes()) {
            jenkins.jenkins.removeNode(node);
        }
        jenkins.jenkins.getRootPath().child("workspace").deleteRecursive();
        jenkins.jenkins.getRootPath().child("agent-work-dirs").deleteRecursive();
        SystemCredentialsProvider.getInstance().getCredentials().clear();
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().clear();
        jenkins.jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
        jenkins.jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
        fixture.close();
    }

    /** The extension stops no Jenkins that is for a whole class. */
    @AfterAll
    static void stopJenkins() throws Exception {
        jenkins.after();
    }
}
