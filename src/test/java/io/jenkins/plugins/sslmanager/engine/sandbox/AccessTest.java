package io.jenkins.plugins.sslmanager.engine.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.async.VirtualTime;
import io.jenkins.plugins.sslmanager.engine.sandbox.http.SandboxServer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTest {

    private final VirtualTime clock = new VirtualTime();
    private final Sandbox sandbox = TestSandbox.in(clock).build();

    @AutoClose
    private final SandboxServer server = SandboxServer.start(sandbox);

    private final Caller caller = new Caller(server);

    @ParameterizedTest
    @CsvSource(
            value = {
                "Authorization | ''                         | 401 EF00401 request.auth.user",
                "Authorization | Bearer abc                 | 401 EF00401 request.auth.user",
                "Authorization | Basic not/base64!          | 401 EF00401 request.auth.user",
                "Authorization | Basic c2FuZGJveA==         | 401 EF00401 request.auth.user",
                "Authorization | Basic c2FuZGJveDp3cm9uZw== | 401 EF00401 request.auth.user",
                "X-Domainrobot-Context | 4                  | 401 EF01000 request.auth.context",
                "X-Domainrobot-Context | one                | 401 EF01000 request.auth.context",
                "X-Domainrobot-Context | ''                 | 401 EF01000 request.auth.context",
                "User-Agent | ''                            | 400 EF01000 request.header.User-Agent"
            },
            delimiter = '|')
    void headersAreChecked(String header, String value, String refusal) {
        assertEquals(refusal, caller.with(Map.of(header, value)).get("/hello").refusal());
    }

    @ParameterizedTest
    @CsvSource({"GET, /nothing", "GET, ''", "DELETE, /poll", "PUT, /certificate/0x1", "GET, /job/99999999999999999999"})
    void otherRoutesAreNotFound(String method, String path) {
        assertEquals("404 EF00404 route", caller.send(method, path, new byte[0]).refusal());
    }

    @Test
    void anOlderServiceHasOnlyTheOlderRoute() {
        try (SandboxServer older =
                SandboxServer.start(Sandbox.builder().olderRouteOnly(true).build())) {
            CertificateData request = CertificateData.request(Csrs.of("example.com"), "QUICKSSLPREMIUM");

            assertEquals(
                    404,
                    new Caller(older)
                            .post("/certificate/_prepareOrder", request)
                            .status());
            assertEquals(
                    200,
                    new Caller(older).post("/certificate/prepareOrder", request).status());
        }
    }

    @Test
    void moreThanThreeRequestsInASecondAreTooMany() {
        try (SandboxServer limited =
                SandboxServer.start(Sandbox.builder().clock(clock).build())) {
            Caller hasty = new Caller(limited);
            for (int i = 0; i < 3; i++) {
                assertEquals(200, hasty.get("/hello").status());
                clock.pass(Duration.ofMillis(300));
            }

            Caller.Answer refused = hasty.get("/hello");
            assertEquals("429 EF00429", refused.refusal());
            assertEquals("1", refused.headers().firstValue("Retry-After").orElseThrow());

            clock.pass(Duration.ofMillis(100));
            assertEquals(200, hasty.get("/hello").status());
            assertEquals(429, hasty.get("/hello").status());
        }
    }

    @Test
    void aTakenPortIsNamed() {
        int port = server.url(Protocol.JSON).getPort();

        UncheckedIOException taken = assertThrows(UncheckedIOException.class, () -> SandboxServer.start(sandbox, port));

        assertTrue(taken.getMessage().contains("port " + port), taken::getMessage);
    }
}
