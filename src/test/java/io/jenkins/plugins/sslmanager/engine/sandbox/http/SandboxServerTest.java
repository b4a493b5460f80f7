package io.jenkins.plugins.sslmanager.engine.sandbox.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sandbox's port is open to everybody on the machine. */
class SandboxServerTest {

    @ParameterizedTest
    @EnumSource
    void tooLargeARequestIsRefused(Protocol protocol) throws Exception {
        try (SandboxServer server = SandboxServer.start(Sandbox.builder().build())) {
            HttpRequest request = HttpRequest.newBuilder(server.url(protocol))
                    .POST(BodyPublishers.ofByteArray(new byte[1024 * 1024 + 1]))
                    .build();

            assertEquals(
                    413,
                    HttpClient.newHttpClient()
                            .send(request, BodyHandlers.discarding())
                            .statusCode());
        }
    }
}
