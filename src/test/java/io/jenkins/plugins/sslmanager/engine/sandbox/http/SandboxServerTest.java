package io.jenkins.plugins.sslmanager.engine.sandbox.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
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

    /** Otherwise whoever reaches it could have it hold as much as they send. */
    @ParameterizedTest
    @EnumSource
    void restOfATooLargeRequestIsNotWaitedFor(Protocol protocol) throws Exception {
        try (SandboxServer server = SandboxServer.start(Sandbox.builder().build());
                Socket socket = new Socket(
                        server.url(protocol).getHost(), server.url(protocol).getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + server.url(protocol).getPath() + " HTTP/1.1\r\nHost: sandbox\r\nContent-Length: "
                            + 1024 * 1024 * 1024 + "\r\n\r\n")
                    .getBytes(US_ASCII));
            out.write(new byte[1024 * 1024 + 1]);
            out.flush();

            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
            String status = assertTimeoutPreemptively(Duration.ofSeconds(30), in::readLine);

            assertTrue(status.startsWith("HTTP/1.1 413"), status);
        }
    }
}
