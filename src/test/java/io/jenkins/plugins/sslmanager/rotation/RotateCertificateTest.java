package io.jenkins.plugins.sslmanager.rotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.FilePath;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.OpenOrders;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.SecretLeaks;
import io.jenkins.plugins.sslmanager.StoredCertificates;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import java.io.File;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole way in one step: only when it is due, once, and with the key where it belongs. */
class RotateCertificateTest extends RotationStepsOverBothProtocols {

    @Test
    void certificateThatIsNotDueIsLeftAloneAndTheBuildIsNotGreenWithoutItsKey() throws Exception {
        WorkflowRun build = jenkins.buildAndAssertStatus(
                Result.UNSTABLE, builds.job("node {\n" + rotate(", keyFile: 'key.pem'") + "\n}"));

        jenkins.assertLogContains("Not due until ", build);
        jenkins.assertLogContains("Its private key is neither in the vault nor in the workspace", build);
        jenkins.assertLogContains("rotated false, job null, key null, credential null", build);
        assertEquals(0, fixture.sandbox.orders(NAME));
    }

    @Test
    void dueCertificateGoesIntoTheStoreWithoutANode() throws Exception {
        WorkflowJob job = builds.job(rotate(", due: '99%', storeAs: 'www'"));
        WorkflowRun build = builds.waiting(job);
        PrivateKey waiting = OpenOrders.key(job);
        SecretLeaks.assertNoneOfKey(jenkins, Pem.encode(waiting));
        finished(build);

        KeyStores.Entry stored = StoredCertificates.entry("www");
        assertEquals(waiting, stored.key());
        assertNewest(stored.leaf());
        assertEquals(List.of(), OpenOrders.of(job));
        jenkins.assertLogContains("Due (189 days left)", build);
        jenkins.assertLogContains("rotated true, job 9218001, key null, credential www", build);
        assertEquals(1, fixture.sandbox.orders(NAME));
        SecretLeaks.assertNoneOfKey(jenkins, Pem.encode(stored.key()));
    }

    @Test
    void dueCertificateGoesIntoTheWorkspaceAndItsKeyLast() throws Exception {
        assumeTrue(File.separatorChar == '/', "permissions as on Unix");
        String agent = jenkins.createOnlineSlave().getNodeName();
        WorkflowJob job = builds.job("node('" + agent + "') {\nwriteFile file: 'tls/key.pem', text: 'in use'\n"
                + rotate(", force: true, dir: 'tls', keyFile: 'tls/key.pem', keepPrevious: true") + "\n}");
        WorkflowRun build = builds.waiting(job);
        FilePath workspace = jenkins.jenkins.getNode(agent).getWorkspaceFor(job);
        assertEquals("in use", workspace.child("tls/key.pem").readToString());
        assertEquals(List.of("key.pem"), names(workspace.child("tls")));
        finished(build);

        PrivateKey key = Pem.privateKey(workspace.child("tls/key.pem").readToString());
        X509Certificate leaf = Pem.certificate(workspace.child("tls/leaf.pem").readToString());
        KeyStores.requirePair(key, leaf);
        assertNewest(leaf);
        assertEquals(0600, workspace.child("tls/key.pem").mode() & 0777);
        assertEquals("in use", workspace.child("tls/key.pem.previous").readToString());
        jenkins.assertLogContains("rotated true, job 9218001, key tls/key.pem, credential null", build);
        SecretLeaks.assertNoneOfKey(jenkins, Pem.encode(key));
    }

    private static List<String> names(FilePath folder) throws Exception {
        return folder.list().stream().map(FilePath::getName).toList();
    }

    @Test
    void keyIsNowhereInClearWhileItWaitsForItsCertificate() throws Exception {
        SandboxFixture.addSecretText("password", "of the key store");
        String agent = jenkins.createOnlineSlave().getNodeName();
        WorkflowJob job = builds.job("node('" + agent + "') {\n"
                + rotate(", force: true, dir: 'tls', formats: 'fullchain, pkcs12', passwordCredentialsId: 'password',"
                        + " keyFile: 'tls/key.pem', archive: true, storeAs: 'www'")
                + "\n}");
        WorkflowRun build = builds.waiting(job);
        String key = Pem.encode(OpenOrders.key(job));
        SecretLeaks.assertNoneOfKeyAnywhere(jenkins, key);
        finished(build);

        assertThrows(
                AssertionError.class,
                () -> SecretLeaks.assertNoneOfKeyAnywhere(jenkins, key),
                "The search finds the key in the workspace, where it was asked for");
        SecretLeaks.assertNoneOfKey(jenkins, key);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nextBuildGoesOnWithTheOrderOfAnAbortedOne(boolean endedMeanwhile) throws Exception {
        WorkflowJob job = builds.job("node { " + rotate(", due: '99%', keyFile: 'key.pem'") + " }");
        WorkflowRun first = builds.waiting(job);
        first.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(first));
        if (endedMeanwhile) {
            fixture.letTimePass(Duration.ofMinutes(10));
        }
        WorkflowRun second = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("Going on with the order of an earlier run", second);
        finished(second);

        assertEquals(1, fixture.sandbox.orders(NAME));
        FilePath workspace = jenkins.jenkins.getWorkspaceFor(job);
        X509Certificate leaf = Pem.certificate(workspace.child("leaf.pem").readToString());
        KeyStores.requirePair(Pem.privateKey(workspace.child("key.pem").readToString()), leaf);
        assertNewest(leaf);
    }

    @Test
    void failedOrderIsFollowedByOneForANewKey() throws Exception {
        long failing = fixture.sandbox.addCertificate("job-failed.example.com", AuthMethod.DNS);
        WorkflowJob job =
                builds.job("sslRotateCertificate certificates: " + failing + EC + ", force: true, storeAs: 'failing'");
        WorkflowRun first = builds.waiting(job);
        PrivateKey unused = OpenOrders.key(job);
        fixture.letTimePass(Duration.ofMinutes(10));
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(first));
        jenkins.assertLogContains("ERROR: Job 9218001 for job-failed.example.com ended as FAILED", first);

        WorkflowRun second = builds.waiting(job);
        assertNotEquals(unused, OpenOrders.key(job));
        assertEquals(2, fixture.sandbox.orders("job-failed.example.com"));
        second.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(second));
    }

    @Test
    void nothingIsLeftOfARotationThatFailsBeforeItsOrder() throws Exception {
        long unavailable = fixture.sandbox.addCertificate("unavailable.example.com", AuthMethod.DNS);
        WorkflowJob job =
                builds.job("sslRotateCertificate certificates: " + unavailable + EC + ", force: true, storeAs: 'x'");
        builds.failure(job, "CertificateInfo (400104)");
        assertEquals(List.of(), OpenOrders.of(job));
    }

    @Test
    void endOfThePaidTermMakesTheBuildUnstableAndNothingIsOrdered() throws Exception {
        long ending = fixture.sandbox.addCertificate("term-ends.example.com", AuthMethod.DNS);
        WorkflowRun build = jenkins.buildAndAssertStatus(
                Result.UNSTABLE,
                builds.job(
                        "def www = sslRotateCertificate certificates: " + ending
                                + ", due: '99%', storeAs: 'x'\necho \"rotated ${www.rotated}, renewal ${www.certificates[0].renewalNeeded}\""));

        jenkins.assertLogContains("but a re-issue would not help: its paid term ends on ", build);
        jenkins.assertLogContains("rotated false, renewal true", build);
        assertEquals(0, fixture.sandbox.orders("term-ends.example.com"));
    }

    @Test
    void anOrderThatWinsNothingMakesTheBuildUnstableAndIsNotRepeated() throws Exception {
        long same = fixture.sandbox.addCertificate("same-end.example.com", AuthMethod.DNS);
        WorkflowJob job =
                builds.job("sslRotateCertificate certificates: " + same + EC + ", due: '99%', storeAs: 'same'");

        WorkflowRun first = builds.waiting(job);
        fixture.letTimePass(Duration.ofMinutes(10));
        jenkins.assertLogContains(
                "the order won less than 2 days",
                jenkins.assertBuildStatus(Result.UNSTABLE, jenkins.waitForCompletion(first)));
        jenkins.assertLogContains(
                "Not ordered again: the last order", jenkins.buildAndAssertStatus(Result.UNSTABLE, job));
        assertEquals(1, fixture.sandbox.orders("same-end.example.com"));
    }

    @Test
    void orderOfSomebodyElseIsNotCrossed() throws Exception {
        fixture.orderElsewhere(id, protocol, NAME, "example.com");
        WorkflowJob job = builds.job(rotate(", force: true, storeAs: 'www'"));
        builds.failure(job, "Job 9218001 of www.example.com is under way (RUNNING), and its private key is not here");
        assertEquals(1, fixture.sandbox.orders(NAME));
        assertEquals(List.of(), OpenOrders.of(job));
    }

    @Test
    void secondBuildAtTheSameTimeHasNothingToDo() throws Exception {
        WorkflowJob job = builds.job(rotate(", force: true, storeAs: 'www'"));
        WorkflowRun first = builds.waiting(job);
        WorkflowRun second = builds.success(job);

        jenkins.assertLogContains("Being re-issued by another run of this job, ", second);
        jenkins.assertLogContains("rotated false", second);
        finished(first);
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    @Test
    void aBuildThatLeavesACertificateNearItsEndToAnotherOneSaysSo() throws Exception {
        fixture.letTimePass(Duration.ofDays(-180));
        long ending = fixture.sandbox.addCertificate("ending.example.com", AuthMethod.DNS);
        fixture.letTimePass(Duration.ofDays(180));
        WorkflowJob job = builds.job("sslRotateCertificate certificates: " + ending + EC + ", storeAs: 'ending'");
        WorkflowRun first = builds.waiting(job);

        WorkflowRun second = jenkins.buildAndAssertStatus(Result.UNSTABLE, job);

        jenkins.assertLogContains("Being re-issued by another run of this job, ", second);
        fixture.letTimePass(Duration.ofMinutes(10));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(first));
    }

    @Test
    void anotherJobGetsNeitherTheOrderNorItsKey() throws Exception {
        WorkflowRun first = builds.waiting(builds.job(rotate(", due: '99%', storeAs: 'www'")));
        WorkflowRun other =
                jenkins.buildAndAssertStatus(Result.UNSTABLE, builds.job(rotate(", due: '99%', storeAs: 'other'")));

        jenkins.assertLogContains("Being re-issued by another job, to which its key belongs", other);
        assertNull(StoredCertificates.find("other"));
        finished(first);
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    @Test
    void keyIsNotLostWithItsAgent() throws Exception {
        DumbSlave agent = jenkins.createOnlineSlave();
        WorkflowJob job = builds.job(
                "node('" + agent.getNodeName() + "') {\n" + rotate(", due: '99%', keyFile: 'key.pem'") + "\n}");
        WorkflowRun first = builds.waiting(job);
        PrivateKey key = OpenOrders.key(job);
        jenkins.jenkins.removeNode(agent);
        fixture.letTimePass(Duration.ofMinutes(10));
        jenkins.waitForCompletion(first);
        assertEquals(1, OpenOrders.of(job).size());

        Builds.withScript(job, "node('built-in') {\n" + rotate(", due: '99%', keyFile: 'key.pem'") + "\n}");
        builds.success(job);
        FilePath workspace = jenkins.jenkins.getWorkspaceFor(job);
        assertEquals(key, Pem.privateKey(workspace.child("key.pem").readToString()));
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    @Test
    void buildThatIsKilledWhileItWaitsKeepsNobodyElseWaiting() throws Exception {
        WorkflowJob job = builds.job(rotate(", force: true, storeAs: 'www'"));
        WorkflowRun first = builds.waiting(job);
        first.doKill();
        jenkins.waitForCompletion(first);

        Builds.withScript(job, rotate(", due: '99%', storeAs: 'www'"));
        WorkflowRun second = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("Going on with the order of an earlier run", second);
        finished(second);
        assertEquals(1, fixture.sandbox.orders(NAME));
        KeyStores.requirePair(
                StoredCertificates.entry("www").key(),
                StoredCertificates.entry("www").leaf());
    }

    @ParameterizedTest
    @ValueSource(strings = {"storeAs: 'www'", "dir: 'tls', keyFile: 'key.pem', formats: 'fullchain'"})
    void certificateThatIsOlderThanTheServicesIsDueByItself(String place) throws Exception {
        WorkflowJob job = builds.job("node { " + rotate(", due: '99%', " + place) + " }");
        finished(builds.waiting(job));
        fixture.letTimePass(Duration.ofDays(30));
        fixture.orderElsewhere(id, protocol, NAME, "example.com");
        fixture.letTimePass(Duration.ofMinutes(10));

        WorkflowRun build = builds.waiting(job);
        jenkins.assertLogContains("Due: the stored certificate is older than InterNetX's", build);
        build.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
    }

    @Test
    void fileOfAnotherCertificateMakesNothingDue() throws Exception {
        long other = fixture.sandbox.addCertificate("other.example.com", AuthMethod.DNS);
        fixture.letTimePass(Duration.ofDays(30));
        fixture.orderElsewhere(id, protocol, NAME, "example.com");
        fixture.letTimePass(Duration.ofMinutes(10));
        WorkflowRun build = jenkins.buildAndAssertStatus(
                Result.UNSTABLE,
                builds.job("node { sslCertificateInfo certificate: " + other + ", formats: 'leaf'\n"
                        + rotate(", due: '99%', keyFile: 'key.pem'") + " }"));

        jenkins.assertLogContains("Not due until ", build);
    }
}
