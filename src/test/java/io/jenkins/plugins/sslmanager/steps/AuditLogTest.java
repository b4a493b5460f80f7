package io.jenkins.plugins.sslmanager.steps;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.account.AuditLog;
import io.jenkins.plugins.sslmanager.account.SslManagerConfiguration;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.orders.Orders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Level;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.LogRecorder;

/** Who has ordered what, as an administrator can keep it outside Jenkins. */
class AuditLogTest extends OverBothProtocols {

    private final long id = fixture.sandbox.addCertificate("www.example.com", AuthMethod.DNS);
    private final LogRecorder log = new LogRecorder().capture(100).record(AuditLog.NAME, Level.INFO);

    AuditLogTest() {
        super(Duration.ZERO);
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void eachStageOfAnOrderIsALineWithAllThatIsKnown() throws Exception {
        String before = fixture.sandbox.certificate(id).serialNumber();
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "rotate");
        job.setDefinition(new CpsFlowDefinition(
                "sslRotateCertificate certificates: " + id + ", force: true, storeAs: 'www'", true));
        jenkins.buildAndAssertSuccess(job);

        Order order = Orders.get().book().ended().latest(1).get(0);
        String account = SslManagerConfiguration.get().account(null).getId();
        assertEquals(
                List.of("prepared", "ordering", "ordered", "issued", "delivered"),
                lines().stream()
                        .map(line -> line.replaceAll("event=\"(\\w+)\" .+", "$1"))
                        .toList());
        assertEquals(
                "event=\"delivered\" order=\"" + order.id()
                        + "\" job=\"rotate\" build=\"#1\" startedBy=\"\" account=\"test\" accountId=\"" + account
                        + "\" system=\"" + order.certificate().system() + "\" certificate=\"" + id
                        + "\" name=\"www.example.com\" publicKeySha256=\""
                        + order.request().publicKeySha256() + "\" ctid=\""
                        + order.request().ctid() + "\" task=\"reissue\" sent=\"1\" serviceJob=\"" + order.jobId()
                        + "\" previousSerialNumber=\"" + before + "\" serialNumber=\""
                        + fixture.sandbox.certificate(id).serialNumber() + "\"",
                lines().get(4));
    }

    @Test
    void refusalsAreInIt() throws Exception {
        SslManagerConfiguration.get().account(null).setGrants(List.of());
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "refused");
        job.setDefinition(new CpsFlowDefinition("sslCertificateInfo " + id, true));
        new Builds(jenkins).failure(job, "This job may not use an SSL Manager account.");
        assertThat(lines().get(0), containsString("event=\"refused\" job=\"refused\" account=\"test\""));
    }

    @Test
    void nobodyCanWriteALineOfHisOwn() {
        assertThat(
                AuditLog.of("ordered")
                        .with("startedBy", "me\"\n\u0085\u009bevent=\"ordered\" job=\"other\u2028\\")
                        .toString(),
                matchesPattern(
                        "event=\"ordered\" startedBy=\"me\\\\\" event=\\\\\"ordered\\\\\" job=\\\\\"other \\\\\\\\\""));
    }

    /** Oldest first, which the recorder has last. */
    private List<String> lines() {
        List<String> lines = new ArrayList<>(log.getRecords().stream()
                .map(line -> line.getParameters()[0].toString())
                .toList());
        Collections.reverse(lines);
        return lines;
    }
}
