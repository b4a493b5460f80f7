package io.jenkins.plugins.sslmanager.account;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import hudson.util.FormValidation;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.Website;
import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateChain;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.plugins.sslmanager.engine.pki.TestCa;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import io.jenkins.plugins.sslmanager.engine.sandbox.http.SandboxServer;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the button "Test connection" says. */
@WithJenkins
class ConnectionCheckTest {

    private static final SandboxFixture FIXTURE = new SandboxFixture(Duration.ZERO);
    private static SslManagerAccountDescriptor descriptor;
    private static Website website;

    @BeforeAll
    static void setUp(JenkinsRule jenkins) throws Exception {
        descriptor = jenkins.jenkins.getDescriptorByType(SslManagerAccountDescriptor.class);
        SandboxFixture.addCredentials("right", CredentialsScope.SYSTEM, SandboxFixture.PASSWORD);
        SandboxFixture.addCredentials("wrong", CredentialsScope.SYSTEM, "guessed");
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(CredentialsScope.SYSTEM, "sandbox", "", "sandbox", "sandbox"));
        website = new Website();
    }

    @AfterAll
    static void close() {
        website.close();
        FIXTURE.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "right | 4 | OK | Connected as release, context 4\\.",
                "wrong | 4 | ERROR | Hello was refused \\(HTTP 401, stid .+\\): EF00401 \"User or password is wrong or missing\\. \\(request\\.auth\\.user\\)\"\\."
                        + " Check the account's user, password and context\\.",
                "right | 9 | ERROR | Hello was refused \\(HTTP 401, stid .+\\): EF01000 \"Missing or wrong value\\."
                        + " \\(request\\.auth\\.context 9\\)\"\\. Check the account's user, password and context\\.",
                "right | nine | ERROR | SSL Manager account: context must be a positive number, not 0: it is 9 for SSL Manager users, 4 for AutoDNS users, 1 for the demo system and the sandbox\\.",
                "      | 4 | ERROR | The SSL Manager account 'test' has no credentials\\."
                        + " An administrator chooses them in Manage Jenkins » System » SSL Manager",
                "gone  | 4 | ERROR | The SSL Manager account 'test' has no credentials: there are no 'gone' of the kind"
                        + " 'Username with password' for 127\\.0\\.0\\.1\\."
                        + " An administrator chooses them in Manage Jenkins » System » SSL Manager",
            })
    void userAndContextAreTold(String credentialsId, String context, FormValidation.Kind kind, String message) {
        assertTold(
                kind, message, test(Service.OTHER, Protocol.JSON, FIXTURE.url(Protocol.JSON), context, credentialsId));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://127.0.0.1:1/v1 | Hello was not sent: the connection to 127\\.0\\.0\\.1:1 was refused.*\\."
                        + " Check the URL of the SSL Manager account and this machine's proxy and firewall\\.",
                "https://ssl-manager.invalid | Hello was not sent: no address was found for ssl-manager\\.invalid:443\\."
                        + " Check the URL of the SSL Manager account and this machine's name resolution \\(DNS\\) and proxy\\.",
                "'' | The SSL Manager account 'test' has no URL\\."
                        + " An administrator enters it in Manage Jenkins » System » SSL Manager",
                "https://gate way | The URL of the SSL Manager account 'test' cannot be used: Illegal character .+: https://gate way\\."
                        + " An administrator corrects it in Manage Jenkins » System » SSL Manager",
                "http://gateway.example.com | SSL Manager account: url must begin with https:// for the host gateway\\.example\\.com: .+",
            })
    void uselessUrlIsTold(String url, String message) {
        assertTold(FormValidation.Kind.ERROR, message, test(Service.OTHER, Protocol.JSON, url, "4", "right"));
    }

    @Test
    void certificateThatIsNotTrustedIsTold() throws Exception {
        HttpsServer selfSigned = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        selfSigned.setHttpsConfigurator(new HttpsConfigurator(withCertificateThatNobodyTrusts()));
        selfSigned.start();
        try {
            assertTold(
                    FormValidation.Kind.ERROR,
                    "Hello was not sent: no TLS connection to 127\\.0\\.0\\.1:\\d+ came about \\(.*PKIX path building failed.*\\)\\."
                            + " Check that the URL is right and that this Java trusts the issuer of the service's certificate\\.",
                    test(
                            Service.OTHER,
                            Protocol.JSON,
                            "https://127.0.0.1:" + selfSigned.getAddress().getPort(),
                            "4",
                            "right"));
        } finally {
            selfSigned.stop(0);
        }
    }

    private static SSLContext withCertificateThatNobodyTrusts() throws Exception {
        KeyPair keys = KeyAlgorithm.EC_P256.generate();
        char[] password = "changeit".toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(
                new ByteArrayInputStream(KeyStores.pkcs12(
                        keys.getPrivate(),
                        CertificateChain.of(TestCa.root("Nobody's").leaf(keys.getPublic(), "localhost"), List.of()),
                        "tls",
                        password)),
                password);
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), null, null);
        return context;
    }

    @ParameterizedTest
    @EnumSource
    void rateLimitIsTold(Protocol protocol) {
        Instant now = Instant.now();
        Sandbox busy = Sandbox.builder()
                .account("release", SandboxFixture.PASSWORD, 4)
                .clock(() -> now)
                .build();
        try (SandboxServer server = SandboxServer.start(busy)) {
            String url = server.url(protocol).toString();
            for (int i = 0; i < 3; i++) {
                assertEquals(FormValidation.Kind.OK, test(Service.OTHER, protocol, url, "4", "right").kind);
            }
            assertTold(
                    FormValidation.Kind.ERROR,
                    ".+ was refused \\(HTTP 429, stid .+\\): EF00429 .+ More than 3 requests a second came from this address;"
                            + " other programs may use it too\\.",
                    test(Service.OTHER, protocol, url, "4", "right"));
        }
    }

    @ParameterizedTest
    @CsvSource({"JSON, Hello", "XML, PollInfo \\(0905\\)"})
    void answerThatIsNotTheServicesIsTold(Protocol protocol, String task) {
        assertTold(
                FormValidation.Kind.ERROR,
                task + " got an unusable answer \\(HTTP 200\\): it is not " + protocol
                        + " but text/html, it begins .+\\."
                        + " Check the URL and the protocol of the SSL Manager account\\.",
                test(Service.OTHER, protocol, website.url(), "4", "right"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "right | 4 | OK | Connected as release, context 4\\.",
                "wrong | 4 | ERROR | PollInfo \\(0905\\) was refused \\(HTTP 200, stid .+\\): EF00401 .+"
                        + " Check the account's user, password and context\\.",
                "right | 9 | ERROR | PollInfo \\(0905\\) was refused \\(HTTP 200, stid .+\\): EF01000 .+"
                        + " Check the account's user, password and context\\.",
            })
    void userAndContextAreToldOverXmlToo(
            String credentialsId, String context, FormValidation.Kind kind, String message) {
        assertTold(kind, message, test(Service.OTHER, Protocol.XML, FIXTURE.url(Protocol.XML), context, credentialsId));
    }

    @Test
    void nothingIsTakenOutOfTheQueueToTestAConnection() {
        FIXTURE.sandbox.addForeignMessage("example.com");

        test(Service.OTHER, Protocol.XML, FIXTURE.url(Protocol.XML), "4", "right");

        assertEquals(1, FIXTURE.sandbox.queuedMessageIds().size());
    }

    @ParameterizedTest
    @EnumSource
    void sandboxInThisJenkinsAnswers(Protocol protocol) {
        assertTold(
                FormValidation.Kind.OK,
                "Connected as sandbox, context 1\\.",
                test(Service.SANDBOX, protocol, "", "1", "sandbox"));
    }

    @Test
    void addressThatDoesNotExistIsTold() {
        assertTold(
                FormValidation.Kind.ERROR,
                "Hello was refused \\(HTTP 404.*\\. Check the URL and the protocol of the SSL Manager account\\.",
                test(Service.OTHER, Protocol.JSON, FIXTURE.url(Protocol.JSON) + "/elsewhere", "4", "right"));
    }

    @Test
    void theWrongProtocolForAnAddressIsTold() {
        assertTold(
                FormValidation.Kind.ERROR,
                "PollInfo \\(0905\\) was refused \\(HTTP 401\\): .+ The answer is JSON\\. Check the URL and the protocol of the SSL"
                        + " Manager account\\.",
                test(Service.OTHER, Protocol.XML, FIXTURE.url(Protocol.JSON), "4", "right"));
    }

    private static FormValidation test(
            Service service, Protocol protocol, String url, String context, String credentialsId) {
        return descriptor.doTestConnection("test", service.name(), protocol.name(), url, context, credentialsId, null);
    }

    private static void assertTold(FormValidation.Kind kind, String message, FormValidation validation) {
        String text = validation.getMessage().replace("&#039;", "'").replace("&quot;", "\"");
        assertThat(text, matchesPattern(message));
        assertEquals(kind, validation.kind);
    }
}
