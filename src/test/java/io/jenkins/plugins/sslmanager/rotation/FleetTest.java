package io.jenkins.plugins.sslmanager.rotation;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import hudson.model.Result;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Hundreds of certificates, some of them each night. */
class FleetTest extends OverBothProtocols {

    private static final int PAGES_OF_FIVE_HUNDRED = 6;

    private final Builds builds = new Builds(jenkins);

    FleetTest() {
        super(Duration.ZERO);
    }

    private void certificate(String name, int daysOld) {
        fixture.letTimePass(Duration.ofDays(-daysOld));
        fixture.sandbox.addCertificate(name, AuthMethod.DNS);
        fixture.letTimePass(Duration.ofDays(daysOld));
    }

    private String host(int number) {
        return "host-" + number + ".fleet.example.com";
    }

    private long rotated() {
        return IntStream.range(0, 500)
                .filter(number -> fixture.sandbox.orders(host(number)) > 0)
                .count();
    }

    @Test
    void fiftyOfFiveHundredAreRotatedEachNight() throws Exception {
        IntStream.range(0, 499).forEach(number -> certificate(host(number), 150));
        certificate("job-failed.fleet.example.com", 160);
        certificate("else.example.com", 160);
        WorkflowJob job =
                builds.job("sslRotateCertificate matching: '%.fleet.example.com', atMost: 50, storeAs: '{name}',"
                        + " keyAlgorithm: 'EC_P256'");
        for (int night = 1; night <= 2; night++) {
            int lists = fixture.requests(Task.CERTIFICATE_SEARCH);
            int looks = fixture.requests(Task.CERTIFICATE_INFO);
            int orders = fixture.requests(Task.REISSUE);
            WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, job);

            String log = JenkinsRule.getLog(build);
            assertThat(
                    log,
                    containsString("1 of 500 certificates were not rotated:\n- job-failed.fleet.example.com: Job "));
            assertThat(
                    log, containsString("more were not begun, since one build re-issues no more than 50 ('atMost')"));
            assertEquals(49L * night, rotated(), "One of the fifty fails each night");
            assertEquals(50, fixture.requests(Task.REISSUE) - orders);
            assertEquals(PAGES_OF_FIVE_HUNDRED, fixture.requests(Task.CERTIFICATE_SEARCH) - lists);
            assertThat(fixture.requests(Task.CERTIFICATE_INFO) - looks, lessThanOrEqualTo(2 * 50));
        }
        assertEquals(0, fixture.sandbox.orders("else.example.com"));
    }

    @Test
    void whatIsFarFromDueIsToldByTheListAlone() throws Exception {
        IntStream.range(0, 70).forEach(number -> certificate(host(number), 150));
        String options = "storeAs: '{name}', keyAlgorithm: 'EC_P256'";
        WorkflowJob job = builds.job("sslRotateCertificate matching: '%.fleet.example.com', atMost: 70, " + options);
        builds.success(job);
        assertEquals(70, rotated());
        int looks = fixture.requests(Task.CERTIFICATE_INFO);
        Builds.withScript(job, """
                def all = sslRotateCertificate matching: '%.fleet.example.com', atMost: 70, storeAs: '{name}'
                echo "any ${all.rotated}, ${all.certificates.size()}: ${all.certificates*.credentialsId.unique().size()}"
                """);
        WorkflowRun build = builds.success(job);
        jenkins.assertLogContains("any false, 70: 70", build);
        jenkins.assertLogContains("more are far from due by the service's list, and were not asked for", build);
        assertThat(
                "Once a week each is asked for",
                fixture.requests(Task.CERTIFICATE_INFO) - looks,
                lessThanOrEqualTo(20));
    }

    @Test
    void whereTheLastLookIsAWeekAgoEachIsAskedFor() throws Exception {
        IntStream.range(0, 20).forEach(number -> certificate(host(number), 150));
        WorkflowJob job =
                builds.job("sslRotateCertificate matching: '%.fleet.example.com', atMost: 20, storeAs: '{name}',"
                        + " keyAlgorithm: 'EC_P256'");
        WorkflowRun first = builds.success(job);
        assertEquals(20, rotated());
        moveBackByAWeek(first);
        int looks = fixture.requests(Task.CERTIFICATE_INFO);

        builds.success(job);
        assertEquals(20, fixture.requests(Task.CERTIFICATE_INFO) - looks);

        builds.success(job);
        assertThat(fixture.requests(Task.CERTIFICATE_INFO) - looks, lessThanOrEqualTo(20 + 8));
    }

    private static void moveBackByAWeek(WorkflowRun build) throws IOException {
        Path file = build.getRootDir().toPath().resolve("build.xml");
        long begun = build.getTimeInMillis();
        String saved = Files.readString(file);
        String moved = saved.replace(
                "<timestamp>" + begun + "</timestamp>",
                "<timestamp>" + (begun - Duration.ofDays(7).toMillis()) + "</timestamp>");
        assertNotEquals(saved, moved);
        Files.writeString(file, moved);
        build.reload();
    }

    @Test
    void stepStopsAfterThreeFailures() throws Exception {
        IntStream.range(0, 20).forEach(number -> certificate("job-failed.c" + number + ".fleet.example.com", 160));
        IntStream.range(0, 20).forEach(number -> certificate(host(number), 150));
        WorkflowJob job =
                builds.job("sslRotateCertificate matching: '%.fleet.example.com', atMost: 50, storeAs: '{name}',"
                        + " keyAlgorithm: 'EC_P256'");
        WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        assertThat(
                JenkinsRule.getLog(build),
                containsString("have failed ('stopAfterFailures' is 3). The next build goes on"));
        assertEquals(0, rotated());
        assertThat(
                "No more are begun than go on side by side",
                fixture.requests(Task.REISSUE),
                allOf(greaterThanOrEqualTo(3), lessThanOrEqualTo(12)));
    }
}
