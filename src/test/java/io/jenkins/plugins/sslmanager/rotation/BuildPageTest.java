package io.jenkins.plugins.sslmanager.rotation;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.stringContainsInOrder;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import hudson.model.Result;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import net.sf.json.JSONObject;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;

/** What a build's page tells of its certificates, while it waits and afterwards. */
class BuildPageTest extends OverBothProtocols {

    private static final String FAILING = "job-failed.example.com";

    BuildPageTest() {
        super(Duration.ofMinutes(10));
    }

    @Test
    void failuresAreSeenFirstWithTheirReasonsAndStayInTheLists() throws Exception {
        long failing = fixture.sandbox.addCertificate(FAILING, AuthMethod.DNS);
        long good = fixture.sandbox.addCertificate("www.example.com", AuthMethod.DNS);
        long calm = fixture.sandbox.addCertificate("calm.example.com", AuthMethod.DNS);
        String rotateCalm =
                "sslRotateCertificate certificates: " + calm + ", keyAlgorithm: 'EC_P256', storeAs: 'page-calm'";
        WorkflowJob job = new Builds(jenkins).job("rotate-all", rotateCalm);
        WorkflowRun first = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("job 9218001 is RUNNING", first);
        fixture.letTimePass(Duration.ofMinutes(10));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(first));
        Builds.withScript(job, """
                catchError {
                  sslRotateCertificate certificates: '%d,%d,4711', keyAlgorithm: 'EC_P256', force: true, storeAs: 'page-{name}'
                }
                """.formatted(good, failing) + rotateCalm);
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("job 9218002 is RUNNING", build);
        jenkins.waitForMessage("job 9218003 is RUNNING", build);

        assertThat(
                rows(build).toString(),
                stringContainsInOrder(
                        "Failed", "Waiting", "is RUNNING", FAILING + " IN_PROGRESS", "Since 20", "until 20"));
        assertThat(
                "A controller that is killed now tells of the failure, too",
                Files.readString(build.getRootDir().toPath().resolve("build.xml")),
                containsString("<kind>FAILED</kind>"));

        fixture.letTimePass(Duration.ofMinutes(10));
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));

        List<String> rows = rows(build);
        assertEquals(4, rows.size());
        assertThat(rows.get(0), stringContainsInOrder("4711", "Failed", "(Certificate 4711)", "Then build again"));
        assertThat(rows.get(1), stringContainsInOrder(FAILING, "Failed", "ended as FAILED", "Then build again"));
        assertThat(
                rows.get(2),
                stringContainsInOrder("www.example.com", "Re-issued", "days left", "page-www.example.com"));
        assertThat(rows.get(3), stringContainsInOrder("calm.example.com", "Not due", "Not due until 20", "days left"));
        JSONObject api = jenkins.getJSON(build.getUrl()
                        + "api/json?tree=actions[certificates[name,outcome,reason,certificate[serialNumber]]]")
                .getJSONObject();
        assertThat(api.toString(), containsString("\"outcome\":\"NOT_DUE\""));
        assertThat(api.toString(), containsString("\"outcome\":\"FAILED\""));

        HtmlPage list = jenkins.createWebClient().goTo("job/rotate-all/ssl-certificates/");
        List<String> states = list.querySelectorAll("#certificates tbody tr").stream()
                .map(row -> ((DomElement) row).asNormalizedText().replaceAll("\\s+", " "))
                .toList();
        assertThat(states.get(0), stringContainsInOrder(FAILING, "Last rotation failed"));
        HtmlPage details = ((DomElement) list.querySelector("#certificates tbody a")).click();
        assertThat(details.asNormalizedText(), containsString("ended as FAILED"));
        assertNotNull(details.querySelector("#main-panel a[href='/jenkins/" + build.getUrl() + "']"));
        assertThat(
                jenkins.createWebClient()
                        .goTo("job/rotate-all/")
                        .getElementById("ssl-certificates")
                        .asNormalizedText(),
                containsString("Last rotation failed"));

        Builds.withScript(
                job,
                "sslCertificateInfo " + failing + "\nsslRotateCertificate certificates: " + failing
                        + ", dryRun: true, force: true");
        jenkins.buildAndAssertSuccess(job);
        assertThat(certificates(job), containsString("Last rotation failed"));
        build.delete();
        DomElement again = jenkins.createWebClient()
                .goTo("job/rotate-all/ssl-certificates/")
                .querySelector("#certificates tbody a");
        details = again.click();
        assertNotNull(details.querySelector("#main-panel td a[href='/jenkins/" + job.getUrl() + "']"));

        Builds.withScript(job, "sslRotateCertificate certificates: " + failing + ", due: '1d', dryRun: true");
        jenkins.buildAndAssertSuccess(job);
        assertThat(certificates(job), not(containsString("Last rotation failed")));
    }

    private static String certificates(WorkflowJob job) throws Exception {
        return jenkins.createWebClient()
                .goTo(job.getUrl() + "ssl-certificates/")
                .asNormalizedText();
    }

    @Test
    void buildThatWentOnWithAnOrderTellsThatItFailed() throws Exception {
        long failing = fixture.sandbox.addCertificate(FAILING, AuthMethod.DNS);
        WorkflowJob job =
                new Builds(jenkins).job("go-on", "sslRotateCertificate certificates: " + failing + ", dryRun: true");
        jenkins.buildAndAssertSuccess(job);
        Builds.withScript(
                job,
                "sslRotateCertificate certificates: " + failing
                        + ", keyAlgorithm: 'EC_P256', due: '99%', storeAs: 'page'");
        WorkflowRun aborted = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("is RUNNING", aborted);
        aborted.doStop();
        jenkins.waitForCompletion(aborted);
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("Going on with the order of an earlier run", build);
        fixture.letTimePass(Duration.ofMinutes(10));
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));

        assertThat(rows(build), contains(stringContainsInOrder(FAILING, "Failed", "ended as FAILED")));
        assertThat(certificates(job), containsString("Last rotation failed"));
    }

    @Test
    void buildThatWasAbortedWaitsForNothing() throws Exception {
        long good = fixture.sandbox.addCertificate("www.example.com", AuthMethod.DNS);
        WorkflowJob job = new Builds(jenkins)
                .job("sslRotateCertificate certificates: " + good
                        + ", keyAlgorithm: 'EC_P256', force: true, storeAs: 'page'");
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("is RUNNING", build);
        build.doStop();
        jenkins.waitForCompletion(build);
        assertThat(rows(build), contains(stringContainsInOrder("www.example.com", "Failed", "The build ended")));
        assertThat(
                jenkins.createWebClient().goTo("ssl-certificates/").asNormalizedText(),
                not(containsString("Last rotation failed")));
    }

    private List<String> rows(WorkflowRun build) throws Exception {
        return jenkins
                .createWebClient()
                .withJavaScriptEnabled(false)
                .getPage(build)
                .querySelectorAll(".ssl-manager-outcomes > tbody > tr")
                .stream()
                .map(row -> ((DomElement) row).getTextContent().replaceAll("\\s+", " "))
                .toList();
    }
}
