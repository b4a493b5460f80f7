package io.jenkins.plugins.sslmanager.orders;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import java.time.Duration;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.FlagExtension;

/** What administrators are told of orders that do not come to an end. */
class StuckOrderMonitorTest extends OverBothProtocols {

    private static final String NAME = "www.example.com";

    @RegisterExtension
    private final FlagExtension<Duration> patience =
            new FlagExtension<>(() -> StuckOrderMonitor.patience, value -> StuckOrderMonitor.patience = value);

    private final AdministrativeMonitor monitor = ExtensionList.lookupSingleton(StuckOrderMonitor.class);

    StuckOrderMonitorTest() {
        super(Duration.ofDays(10));
    }

    @AfterEach
    void emptyTheBook() {
        PlacedOrders.giveAllUp();
    }

    @Test
    void orderThatIsStuck() throws Exception {
        WorkflowRun build = new Builds(jenkins).waiting(fixture.sandbox.addCertificate(NAME, AuthMethod.DNS), NAME);
        Order order = PlacedOrders.book().openOrders().get(0);
        assertFalse(monitor.isActivated());

        StuckOrderMonitor.patience = Duration.ZERO;
        assertTrue(monitor.isActivated());
        String told = NAME + " (" + build.getFullDisplayName() + "): Accepted by InterNetX. Waits for: job "
                + order.jobId() + " at InterNetX. Started: ";
        assertThat(manage(), containsString(told));
        assertThat(manage(), containsString("Check that the proof of control"));

        DomElement button = open().querySelector("form[action$='" + monitor.getUrl() + "/disable'] button");
        button.click();
        assertFalse(monitor.isEnabled());
        assertThat(manage(), not(containsString(told)));
        monitor.disable(false);

        build.doStop();
        jenkins.waitForCompletion(build);
        assertTrue(monitor.isActivated(), "The order goes on at the service");
        PlacedOrders.book().giveUp(order.id(), "Nobody wants it");
        assertFalse(monitor.isActivated());
    }

    @Test
    void orderWhoseJobWasDeletedIsToldAtOnce() throws Exception {
        WorkflowRun build = new Builds(jenkins).waiting(fixture.sandbox.addCertificate(NAME, AuthMethod.DNS), NAME);
        build.doStop();
        jenkins.waitForCompletion(build);
        build.getParent().delete();

        assertTrue(monitor.isActivated());
        assertThat(
                manage(),
                containsString(
                        NAME + ": Accepted by InterNetX. Waits for: an administrator, since its job was deleted"));
    }

    private String manage() throws Exception {
        return open().asNormalizedText();
    }

    private HtmlPage open() throws Exception {
        return jenkins.createWebClient().goTo("manage/");
    }
}
