package io.jenkins.plugins.sslmanager.engine.sandbox;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import io.jenkins.plugins.sslmanager.engine.api.SslContact;
import io.jenkins.plugins.sslmanager.engine.json.JsonCodec;
import io.jenkins.plugins.sslmanager.engine.sandbox.http.SandboxServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the sandbox over HTTP, and takes its answers as they are. */
final class Caller {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final JsonCodec CODEC = new JsonCodec();

    record Answer(int status, HttpHeaders headers, String text) {

        JsonNode json() {
            return MAPPER.readTree(text);
        }

        /** Code and type of the envelope's status. */
        String outcome() {
            JsonNode status = json().path("status");
            return status.path("type").asString() + " " + status.path("code").asString();
        }

        /** HTTP status, code, and what the message is about. */
        String refusal() {
            JsonNode message = json().path("messages").path(0);
            JsonNode object = message.path("objects").path(0);
            return status + " " + message.path("code").asString()
                    + (object.isMissingNode() ? "" : " " + object.path("type").asString());
        }

        JsonNode data() {
            return json().path("data").path(0);
        }
    }

    private final URI url;
    private final Map<String, String> headers = new HashMap<>();

    Caller(SandboxServer server) {
        this(server.url(Protocol.JSON));
    }

    private Caller(URI url) {
        this.url = url;
        headers.put("User-Agent", "test");
        headers.put("Content-Type", "application/json");
        signedIn("sandbox", "sandbox", 1);
    }

    Caller as(String user, String password, int context) {
        return with(Map.of()).signedIn(user, password, context);
    }

    private Caller signedIn(String user, String password, int context) {
        String credentials = user + ":" + password;
        headers.put(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        headers.put("X-Domainrobot-Context", Integer.toString(context));
        return this;
    }

    /** Another caller with these headers; an empty one is as good as none. */
    Caller with(Map<String, String> others) {
        Caller caller = new Caller(url);
        caller.headers.putAll(headers);
        caller.headers.putAll(others);
        return caller;
    }

    Answer get(String path) {
        return send("GET", path, new byte[0]);
    }

    Answer post(String path, Object body) {
        return send("POST", path, CODEC.encode(body));
    }

    Answer put(String path, Object body) {
        return send("PUT", path, CODEC.encode(body));
    }

    Answer put(String path) {
        return send("PUT", path, new byte[0]);
    }

    Answer reissue(Certificate certificate, String csr) {
        return put("/certificate/" + certificate.id(), order(certificate, csr));
    }

    static CertificateOrder order(Certificate certificate, String csr) {
        return new CertificateOrder(
                SslContact.reference(certificate.adminContact().id()),
                SslContact.reference(certificate.technicalContact().id()),
                certificate.name(),
                certificate.lifetime(),
                certificate.software(),
                csr,
                certificate.product(),
                null,
                certificate.authentication());
    }

    Answer send(String method, String path, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::setHeader);
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
