package io.jenkins.plugins.sslmanager.engine.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.PollMessage;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.http.HttpAnswer;
import io.jenkins.plugins.sslmanager.engine.http.ServiceAccount;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers can be in JSON alone; for the rest see AnswersTest. */
class JsonAnswersTest {

    private static final ServiceAccount ACCOUNT =
            new ServiceAccount(URI.create("https://ssl.example.com/v1"), "release", "secret", 4);

    @Test
    void theInnermostReasonDecidesAndAllAreTold() {
        ApiException refusal = failure("""
                {"stid":"20261124-17","status":{"code":"E400104","text":"Fehler bei der Verarbeitung.","type":"ERROR"},
                 "messages":[{"code":"EF01","text":"Der Auftrag ist ungültig.","messages":
                   [{"code":"EF400112","text":"Der Schlüssel ist zu klein.","objects":[{"type":"bits","value":"1024"}]}]}]}
                """);

        assertEquals("EF400112", refusal.code());
        assertEquals(
                "CertificateInfo (400104) was refused (HTTP 200, stid 20261124-17): EF400112 \"Der Schlüssel ist zu klein."
                        + " (bits 1024); Der Auftrag ist ungültig.\". Correct what the service names; its support wants the"
                        + " transaction ID.",
                refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"expire\":{}}",
                "{\"expire\":[1]}",
                "{\"expire\":true}",
                "{\"expire\":\"yesterday\"}",
                "{\"id\":\"many\"}",
                "{\"certificationAuthority\":[[]]}",
                "17"
            })
    void dataOfAnotherShapeIsAnUnusableAnswer(String data) {
        String body = "{\"status\":{\"code\":\"S400104\",\"type\":\"SUCCESS\"},\"data\":[" + data + "]}";

        assertEquals(ApiException.Kind.MALFORMED, failure(body).kind());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "17"})
    void anotherDocumentIsAnUnusableAnswer(String body) {
        assertEquals(ApiException.Kind.MALFORMED, failure(body).kind());
    }

    @Test
    void nullsInListsAreNoEntries() {
        PollMessage message = answering("""
                {"status":{"code":"S0905","type":"SUCCESS"},"messages":[null],
                 "data":[null,{"id":7,"messages":[null,{"code":"N1","objects":[null]}],"object":null}]}
                """).pollInfo().join().message().orElseThrow();

        assertEquals(7, message.id());
        assertEquals("N1", message.messages().get(0).code());
        assertNull(message.object());
    }

    private static ApiException failure(String body) {
        CompletableFuture<?> asked = answering(body).certificateInfo(571);
        return (ApiException)
                assertThrows(CompletionException.class, asked::join).getCause();
    }

    private static SslManagerApi answering(String body) {
        HttpAnswer answer = new HttpAnswer(200, "application/json", body.getBytes(UTF_8));
        return new JsonApi(ACCOUNT, call -> CompletableFuture.completedFuture(answer));
    }
}
