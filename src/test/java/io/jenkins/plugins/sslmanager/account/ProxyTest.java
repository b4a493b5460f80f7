package io.jenkins.plugins.sslmanager.account;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import hudson.ProxyConfiguration;
import hudson.util.FormValidation;
import io.jenkins.plugins.sslmanager.SandboxFixture;
import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.http.FaultyServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The way to the service by Jenkins' proxy, where that wants a password of its own. */
@WithJenkins
class ProxyTest {

    private static final String PROXY_PASSWORD = "of-the-proxy";
    private static final String REFUSED = "Hello was refused (HTTP 407): ";
    private static final String AUTHORIZATION =
            "Basic " + Base64.getEncoder().encodeToString(("jenkins:" + PROXY_PASSWORD).getBytes(US_ASCII));

    private static final SandboxFixture FIXTURE = new SandboxFixture(Duration.ZERO);
    private static final List<String> FORWARDED = new CopyOnWriteArrayList<>();

    private static JenkinsRule jenkins;
    private static HttpServer proxy;

    @BeforeAll
    static void setUp(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SandboxFixture.addCredentials("right", CredentialsScope.SYSTEM, SandboxFixture.PASSWORD);
        proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", ProxyTest::forward);
        proxy.start();
    }

    @AfterAll
    static void close() {
        proxy.stop(0);
        FIXTURE.close();
    }

    /** As a forward proxy does: with all headers but the one that is for itself. */
    private static void forward(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!AUTHORIZATION.equals(exchange.getRequestHeaders().getFirst("Proxy-Authorization"))) {
                exchange.getResponseHeaders().add("Proxy-Authenticate", "Basic realm=\"proxy\"");
                exchange.sendResponseHeaders(407, -1);
                return;
            }
            FORWARDED.add(exchange.getRequestURI().toString());
            HttpURLConnection onward =
                    (HttpURLConnection) exchange.getRequestURI().toURL().openConnection();
            onward.setRequestMethod(exchange.getRequestMethod());
            for (String header : List.of("Authorization", "X-Domainrobot-Context", "Accept")) {
                onward.setRequestProperty(header, exchange.getRequestHeaders().getFirst(header));
            }
            byte[] answer = onward.getInputStream().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", onward.getContentType());
            exchange.sendResponseHeaders(onward.getResponseCode(), answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    @Test
    void proxyAndServiceEachGetTheirPassword() throws Exception {
        useProxy(proxy.getAddress().getPort(), PROXY_PASSWORD, "");
        assertTold(FormValidation.Kind.OK, "Connected as release, context 4.", FIXTURE.url(Protocol.JSON));
        assertEquals(List.of(FIXTURE.url(Protocol.JSON) + "/hello"), FORWARDED);
    }

    @Test
    void hostThatNeedsNoProxyIsReachedDirectly() throws Exception {
        useProxy(proxy.getAddress().getPort(), PROXY_PASSWORD, "127.0.0.1");
        assertTold(FormValidation.Kind.OK, "Connected as", FIXTURE.url(Protocol.JSON));
        assertEquals(List.of(), FORWARDED);
    }

    @Test
    void wrongPasswordIsTold() throws Exception {
        useProxy(proxy.getAddress().getPort(), "guessed", "");
        assertTold(FormValidation.Kind.ERROR, REFUSED, FIXTURE.url(Protocol.JSON));
    }

    @Test
    void tunnelIsAskedForWithThePasswordOfTheProxyAlone() throws Exception {
        try (FaultyServer refusing = FaultyServer.start(FaultyServer.answer(
                ("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\n"
                                + "Content-Length: 0\r\n\r\n")
                        .getBytes(US_ASCII)))) {
            useProxy(refusing.port(), PROXY_PASSWORD, "");
            assertTold(FormValidation.Kind.ERROR, REFUSED, "https://gateway.example.com");

            String asked = refusing.requests().get(0);
            assertThat(asked, startsWith("CONNECT gateway.example.com:443 "));
            assertThat(asked, containsString("Proxy-Authorization: " + AUTHORIZATION));
            assertThat(asked, not(containsString("\nAuthorization:")));
        }
    }

    private static void useProxy(int port, String password, String direct) throws IOException {
        FORWARDED.clear();
        jenkins.jenkins.setProxy(new ProxyConfiguration("127.0.0.1", port, "jenkins", password, direct));
    }

    private static void assertTold(FormValidation.Kind kind, String message, String url) {
        FormValidation told = jenkins.jenkins
                .getDescriptorByType(SslManagerAccountDescriptor.class)
                .doTestConnection("test", "OTHER", "JSON", url, "4", "right", null);
        assertThat(told.getMessage(), startsWith(message));
        assertEquals(kind, told.kind);
    }
}
