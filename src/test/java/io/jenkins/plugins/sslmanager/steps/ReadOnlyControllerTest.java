package io.jenkins.plugins.sslmanager.steps;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.account.ReadOnlyController;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.orders.Orders;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A copy of a controller that was started read only: it looks, and changes nothing at the service. */
class ReadOnlyControllerTest extends OverBothProtocols {

    private final long id = fixture.sandbox.addCertificate("www.example.com", AuthMethod.DNS);
    private final Builds builds = new Builds(jenkins);

    ReadOnlyControllerTest() {
        super(Duration.ofMinutes(10));
    }

    @BeforeEach
    @AfterEach
    void actAsUsual() {
        System.clearProperty(ReadOnlyController.PROPERTY);
    }

    @Test
    void nothingIsOrdered() throws Exception {
        System.setProperty(ReadOnlyController.PROPERTY, "true");
        builds.failure(
                builds.job("sslRotateCertificate certificates: " + id + ", force: true, storeAs: 'www'"),
                "This Jenkins is read only (io.jenkins.plugins.sslmanager.readOnly), so nothing is ordered.");
        assertEquals(0, fixture.sandbox.orders("www.example.com"));
        assertEquals(List.of(), Orders.get().book().openOrders());
        builds.success(builds.job("sslCertificateInfo " + id));
    }

    @Test
    void nothingIsConfirmedAndBuildsLearnOfTheirJobsAllTheSame() throws Exception {
        WorkflowRun build = builds.waiting(id, "www.example.com");
        System.setProperty(ReadOnlyController.PROPERTY, "true");
        fixture.letTimePass(Duration.ofMinutes(10));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        assertEquals(List.of(), fixture.sandbox.confirmedMessageIds());
        assertEquals(1, fixture.sandbox.queuedMessageIds().size());
    }

    @Test
    void everyPageOfThePluginSaysSo() throws Exception {
        String said = "This Jenkins is read only: the SSL Manager plugin orders nothing and confirms no notification.";
        builds.success(builds.job("sslCertificateInfo " + id));
        for (String page : List.of(
                "manage/configure",
                "manage/ssl-manager-orders/",
                "manage/ssl-manager-inbox/",
                "manage/ssl-manager-grants/",
                "ssl-certificates/")) {
            System.clearProperty(ReadOnlyController.PROPERTY);
            assertThat(page, text(page), not(containsString(said)));
            System.setProperty(ReadOnlyController.PROPERTY, "true");
            assertThat(page, text(page), containsString(said));
        }
    }

    private static String text(String page) throws Exception {
        return jenkins.createWebClient().goTo(page).asNormalizedText();
    }
}
