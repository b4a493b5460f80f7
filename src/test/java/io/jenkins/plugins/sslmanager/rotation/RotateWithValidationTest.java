package io.jenkins.plugins.sslmanager.rotation;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.stringContainsInOrder;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import hudson.model.Result;
import hudson.security.ACL;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.dns.Internet;
import io.jenkins.plugins.sslmanager.engine.dns.NameServer;
import io.jenkins.plugins.sslmanager.engine.dns.Resolvers;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.FlagExtension;

/** What proves control of a domain is published by the Pipeline before the order goes out. */
class RotateWithValidationTest extends OverBothProtocols {

    private static final String NAME = "www.example.com";
    private static final Pattern VALUE = Pattern.compile("the value is (\\S+)");

    private final Internet internet = new Internet();

    @RegisterExtension
    private final FlagExtension<Supplier<Resolvers>> nameServers = NameServers.extension(internet);

    private final long dns = fixture.sandbox.addCertificate(NAME, AuthMethod.DNS);
    private final long file = fixture.sandbox.addCertificate("file.example.com", AuthMethod.FILE);
    private final long mail = fixture.sandbox.addCertificate("mail.example.com", AuthMethod.EMAIL);
    private final long inBlock = fixture.sandbox.addCertificate("block.example.com", AuthMethod.DNS);

    private final Builds builds = new Builds(jenkins);

    RotateWithValidationTest() {
        super(Duration.ZERO);
    }

    @AfterEach
    void close() {
        internet.close();
    }

    private static String rotate(String ids, String options, String block) {
        return "sslRotateWithValidation(" + ids + ", force: true, keyAlgorithm: 'EC_P256', storeAs: 'tls-{name}'"
                + options + ") {\n" + block + "\n}";
    }

    @Test
    void blockFindsTheRecordAndTheOrderComesAfterIt() throws Exception {
        WorkflowRun build = builds.success(builds.job(rotate("certificates: " + dns, "", """
                echo "set ${env.SSL_DNS_NAME} ${env.SSL_DNS_TYPE} ${env.SSL_DNS_TTL} by ${env.SSL_VALIDATION_METHOD}"
                echo "the value is ${env.SSL_DNS_VALUE} of ${env.SSL_DNS_RECORD}"
                """)));

        String log = JenkinsRule.getLog(build);
        assertThat(
                log,
                stringContainsInOrder(
                        "set www.example.com TXT 300 by DNS",
                        "of www.example.com.",
                        "IN\tTXT",
                        value(build),
                        "Ordered www.example.com: job 9218001",
                        "Kept in the vault, as the credential 'tls-www.example.com'"));
    }

    @Test
    void severalTakeTurnsAndAnEmailNeedsNone() throws Exception {
        WorkflowRun build = builds.success(builds.job(
                rotate("certificates: '%d, %d, %d'".formatted(dns, file, mail), "", """
                echo "begin ${env.SSL_VALIDATION_METHOD} ${env.SSL_FILE_NAME} ${env.SSL_FILE_CONTENT}"
                sslCertificateInfo %d
                echo "end ${env.SSL_VALIDATION_METHOD}"
                """.formatted(inBlock))));

        List<String> turns = JenkinsRule.getLog(build)
                .lines()
                .filter(line -> line.startsWith("begin ") || line.startsWith("end "))
                .map(line -> line.replaceAll("(?<=FILE http://\\S{1,80}) \\S+", " content"))
                .toList();
        List<String> first = turns.subList(0, 2);
        List<String> second = turns.subList(2, 4);
        List<String> byRecord = List.of("begin DNS null null", "end DNS");
        List<String> byFile = List.of(
                "begin FILE http://file.example.com/.well-known/pki-validation/fileauth.txt content", "end FILE");
        assertEquals(4, turns.size(), turns.toString());
        assertTrue(first.equals(byRecord) ? second.equals(byFile) : first.equals(byFile) && second.equals(byRecord));
        assertEquals(1, fixture.sandbox.orders("mail.example.com"));
    }

    @Test
    void blockThatFailsOrdersNothingAndLeavesNoKey() throws Exception {
        WorkflowRun build = jenkins.buildAndAssertStatus(
                Result.FAILURE, builds.job(rotate("certificates: " + dns, "", "error 'no such zone'")));

        jenkins.assertLogContains("ERROR: no such zone", build);
        assertEquals(0, fixture.sandbox.orders(NAME));
        assertEquals(
                List.of(),
                CredentialsProvider.lookupCredentialsInItemGroup(
                        StandardCertificateCredentials.class, Jenkins.get(), ACL.SYSTEM2));
    }

    /** Not wanted: a block that slept kept the certificate from all other jobs, which ended as if all was well. */
    @Test
    void blockThatSleepsKeepsNoOtherJobFromTheCertificate() throws Exception {
        fixture.hold(Task.CERTIFICATE_INFO, inBlock);
        WorkflowRun sleeping = builds.start(rotate("certificates: " + dns, "", "sslCertificateInfo " + inBlock)
                .replace("force: true", "due: '99%'"));
        fixture.awaitHeldRequest();
        // What is issued from here on is not due by this rule.
        fixture.letTimePass(Duration.ofDays(6));

        WorkflowRun victim = builds.success(builds.job("sslRotateCertificate(certificates: " + dns
                + ", due: '99%', keyAlgorithm: 'EC_P256', storeAs: 'mine')"));
        fixture.release();

        jenkins.assertLogContains("Kept in the vault, as the credential 'mine'", victim);
        WorkflowRun beaten = jenkins.assertBuildStatus(Result.UNSTABLE, jenkins.waitForCompletion(sleeping));
        jenkins.assertLogContains("of the same certificate was sent first", beaten);
        jenkins.assertLogContains("Not due", beaten);
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    @Test
    void abortInABlockBeginsNoOtherAndOrdersNothing() throws Exception {
        fixture.hold(Task.CERTIFICATE_INFO, inBlock);
        WorkflowRun build = builds.start(rotate(
                "certificates: '%d, %d'".formatted(dns, file),
                "",
                "echo \"begin ${env.SSL_VALIDATION_METHOD}\"\nsslCertificateInfo " + inBlock));
        fixture.awaitHeldRequest();
        build.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        fixture.release();

        assertEquals(
                1,
                JenkinsRule.getLog(build)
                        .lines()
                        .filter(line -> line.startsWith("begin "))
                        .count());
        assertEquals(0, fixture.sandbox.orders(NAME));
        assertEquals(0, fixture.sandbox.orders("file.example.com"));
    }

    @Test
    void orderWaitsUntilTheNameServersShowTheRecord() throws Exception {
        NameServer server = internet.inCharge("example.com.", "ns1.example.com.");
        fixture.hold(Task.CERTIFICATE_INFO, inBlock);
        WorkflowRun build = builds.start(rotate(
                "certificates: " + dns,
                ", awaitDns: true",
                "echo \"the value is ${env.SSL_DNS_VALUE}\"\nsslCertificateInfo " + inBlock));
        fixture.awaitHeldRequest();
        server.add(NAME + ". TXT " + value(build));
        fixture.release();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));

        assertThat(
                JenkinsRule.getLog(build),
                stringContainsInOrder(
                        "Waiting until all name servers show the TXT record of www.example.com",
                        "ns1.example.com shows it",
                        "Ordered www.example.com"));
    }

    private static String value(WorkflowRun build) throws Exception {
        Matcher value = VALUE.matcher(JenkinsRule.getLog(build));
        assertTrue(value.find());
        return value.group(1);
    }
}
