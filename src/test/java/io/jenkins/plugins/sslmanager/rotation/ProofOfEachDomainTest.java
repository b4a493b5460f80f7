package io.jenkins.plugins.sslmanager.rotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.OverBothProtocols;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.dns.Internet;
import io.jenkins.plugins.sslmanager.engine.dns.NameServer;
import io.jenkins.plugins.sslmanager.engine.dns.Resolvers;
import io.jenkins.plugins.sslmanager.engine.sandbox.ProofShape;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.FlagExtension;

/** A certificate with four names on three domains, of which one is at InterNetX: each is proved before the order. */
class ProofOfEachDomainTest extends OverBothProtocols {

    private static final String NAME = "shop.example.com";
    private static final Pattern SET = Pattern.compile("set (\\S+) for (\\S+) to (\\S+)");

    private final Internet internet = new Internet();

    @RegisterExtension
    private final FlagExtension<Supplier<Resolvers>> nameServers = NameServers.extension(internet);

    private final long id =
            fixture.sandbox.addCertificate(NAME, AuthMethod.DNS, "www." + NAME, "shop.example.org", "shop.example.net");
    private final long inBlock = fixture.sandbox.addCertificate("block.example.com", AuthMethod.DNS);
    private final Builds builds = new Builds(jenkins);

    ProofOfEachDomainTest() {
        super(
                Duration.ZERO,
                sandbox -> sandbox.proofShape(ProofShape.ENTRIES)
                        .provesEachDomain(true)
                        .zonesElsewhere("example.org", "example.net"));
    }

    @AfterEach
    void close() {
        internet.close();
    }

    @Test
    void theBlockRunsOnceForEachRecordAndAllNameServersAreWaitedFor() throws Exception {
        NameServer com = internet.inCharge("example.com.", "ns.example.com.");
        NameServer org = internet.inCharge("example.org.", "ns.example.org.");
        NameServer net = internet.inCharge("example.net.", "ns.example.net.");
        fixture.hold(Task.CERTIFICATE_INFO, inBlock);
        WorkflowRun build =
                builds.start(rotate("sslRotateWithValidation", ", awaitDns: true") + """
                 {
                    echo "set ${env.SSL_DNS_NAME} for ${env.SSL_DOMAIN} to ${env.SSL_DNS_VALUE}"
                    if (env.SSL_DOMAIN == 'shop.example.net') { sslCertificateInfo %d }
                }""".formatted(inBlock));
        fixture.awaitHeldRequest();
        List<String[]> set = SET.matcher(JenkinsRule.getLog(build))
                .results()
                .map(match -> new String[] {match.group(1), match.group(2), match.group(3)})
                .toList();
        assertEquals(
                List.of(NAME, "shop.example.org", "shop.example.net"),
                set.stream().map(record -> record[1]).toList());
        com.add(set.get(0)[0] + ". TXT " + set.get(0)[2]);
        org.add(set.get(1)[0] + ". TXT " + set.get(1)[2]);
        net.add(set.get(2)[0] + ". TXT " + set.get(2)[2]);
        fixture.release();

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        for (String server : List.of("ns.example.com", "ns.example.org", "ns.example.net")) {
            jenkins.assertLogContains(server + " shows it", build);
        }
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    @Test
    void withoutABlockNothingIsOrderedWhoseRecordCannotBeSeen() throws Exception {
        internet.inCharge("example.org.", "ns.example.org.");

        WorkflowRun build =
                jenkins.buildAndAssertStatus(Result.FAILURE, builds.job(rotate("sslRotateCertificate", "")));

        String log = JenkinsRule.getLog(build);
        assertTrue(log.contains("Nothing was ordered, since control of shop.example.org would never be proved"), log);
        assertTrue(log.contains("this DNS record is not at its name servers: shop.example.org. 300 IN TXT"), log);
        assertTrue(log.contains("connect the SSL Manager to AutoDNS once"), log);
        assertTrue(log.contains("sslRotateWithValidation"), log);
        assertEquals(0, fixture.sandbox.orders(NAME));
    }

    @Test
    void soItIsWithTheSingleSteps() throws Exception {
        WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, builds.job("""
                def made = sslGenerateCsr certificate: %1$d
                sslReissue certificate: %1$d, csr: made.csr
                """.formatted(id)));

        jenkins.assertLogContains("control of shop.example.org would never be proved", build);
        assertEquals(0, fixture.sandbox.orders(NAME));
    }

    private String rotate(String step, String options) {
        return step + "(certificates: " + id + ", force: true, keyAlgorithm: 'EC_P256', storeAs: 'tls'" + options + ")";
    }
}
