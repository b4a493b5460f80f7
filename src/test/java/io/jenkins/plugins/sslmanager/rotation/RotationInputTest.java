package io.jenkins.plugins.sslmanager.rotation;

import io.jenkins.plugins.sslmanager.Builds;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.account.QuickTransport;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.http.TransportLimits;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.FlagExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a rotation says when it is given what cannot work, before anything is ordered. */
@WithJenkins
class RotationInputTest {

    @RegisterExtension
    private static final FlagExtension<TransportLimits> UNPACED = QuickTransport.unpaced();

    private static final SandboxFixture FIXTURE = new SandboxFixture(Duration.ZERO);
    private static final long WWW = FIXTURE.sandbox.addCertificate("www.example.com", AuthMethod.DNS);

    private static Builds builds;

    @BeforeAll
    static void setUp(JenkinsRule rule) throws Exception {
        builds = new Builds(rule);
        FIXTURE.setUpAccount();
    }

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    @Test
    void filesOfSeveralMustNotHaveTheSameNames() throws Exception {
        builds.failure(
                builds.job("node { sslRotateCertificate certificates: '" + WWW + ", 4711', keyFile: '{name}.pem' }"),
                "With several certificates, 'fileNames' must contain {name}, or one would be written over another");
    }

    @Test
    void oneBuildCannotKeepTheOthersWaitingByALongList() throws Exception {
        builds.failure(
                builds.job("sslRotateCertificate certificates: (1..100000).join(','), storeAs: '{name}'"),
                "certificates: These are 100000 certificates, and a step takes at most 200. Distribute them over several jobs");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "certificates: -1|certificates: '-1' is neither a certificate's name nor its number. Write www.example.com",
                "due: 'soon'|'certificates' is missing",
                "certificates: 1, matching: '%.example.com'|Both 'certificates' and 'matching' are given",
                "certificates: '1, w..w'|certificates: 'w..w' is not a DNS name",
                "certificates: '1, 2', keyFile: 'key.pem'|With several certificates, 'keyFile' must contain {name}",
                "certificates: '1, 2', storeAs: 'x'|With several certificates, 'storeAs' must contain {name}",
                "certificates: 1, due: 'soon'|due: 'soon' does not say when a certificate is due",
                "certificates: 1, atTermEnd: 'buy'|atTermEnd: 'buy' does not say what to do when the paid term ends. Write tell, renew",
                "certificates: 1, keyAlgorithm: 'DSA'|keyAlgorithm: unknown key algorithm 'DSA'",
                "certificates: 1, timeout: 'long'|timeout: 'long' is not a duration",
                "certificates: 1, subject: 'Example GmbH'|subject: 'Example GmbH' is not an X.500 name",
                "certificates: 1, names: 'a..example'|'a..example' is not a DNS name",
                "certificates: 1, adminContactId: -1|'adminContactId' is below zero: -1",
                "certificates: 1, technicalContactId: -1|'technicalContactId' is below zero: -1",
                "certificates: 1, lifetimeMonths: -6|'lifetimeMonths' is below zero: -6",
            })
    void badInputIsToldBeforeTheServiceIsAsked(String parameters, String message) throws Exception {
        builds.failure(builds.job("node { sslRotateCertificate " + parameters + " }"), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                ", storeAs: 'x', keyFile: 'key.pem'|The new private key has no place: there is no workspace",
                ", storeAs: 'www example'|storeAs: 'www example' is not a credential ID",
                ", storeAs: 'x', archive: true|'archive' needs a workspace",
                ", storeAs: 'x', dir: 'tls'|'dir' needs a workspace",
            })
    void placeThatThereIsNotIsToldEvenIfNothingIsDue(String options, String message) throws Exception {
        builds.failure(builds.job(rotate(options)), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "formats: 'pkcs12'|A key store needs a password. Set 'passwordCredentialsId'",
                "passwordCredentialsId: 'gone'|There are no credentials 'gone' of the kind 'Secret text'",
                "fileNames: '{name}.pem'|fileNames: '{name}.pem' lacks {file}",
                "dir: '../tls'|dir: '../tls' leads out of the workspace",
                "keyFile: '../key.pem'|keyFile: '../key.pem' leads out of the workspace",
            })
    void whatCouldNotBeDeliveredIsToldEvenIfNothingIsDue(String option, String message) throws Exception {
        builds.failure(builds.job("node { " + rotate(", " + option) + " }"), message);
    }

    private static String rotate(String options) {
        return "sslRotateCertificate certificates: " + WWW + options;
    }
}
