package io.jenkins.plugins.sslmanager.engine.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.PollMessage;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.http.HttpAnswer;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are no success, and what is made of them for whoever reads the build's log. */
class JsonAnswersTest {

    private static final String JSON = "application/json;charset=UTF-8";
    private final JsonCodec codec = new JsonCodec();

    @Test
    void theInnermostReasonDecidesAndAllAreTold() {
        ApiException refusal = refusal(400, JSON, """
                {"stid":"20261124-17","status":{"code":"E400110","text":"Fehler bei der Verarbeitung.","type":"ERROR"},
                 "messages":[{"code":"EF01","text":"Der Auftrag ist ungültig.","messages":
                   [{"code":"EF400112","text":"Der Schlüssel ist zu klein.","objects":[{"type":"bits","value":"1024"}]}]}]}
                """);

        assertEquals("EF400112", refusal.code());
        assertEquals("20261124-17", refusal.stid());
        assertEquals(
                "CertificatePrepareOrder (400110) was refused (HTTP 400, stid 20261124-17): EF400112 \"Der Schlüssel ist zu"
                        + " klein. (bits 1024); Der Auftrag ist ungültig.\". Correct what the service names; its support wants"
                        + " the transaction id.",
                refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 404})
    void theCodeDecidesWhateverTheTextAndTheHttpStatusSay(int httpStatus) {
        ApiException refusal = refusal(httpStatus, JSON, """
                {"stid":"s","status":{"code":"E300114","text":"Erfolgreich.","type":"ERROR"},
                 "messages":[{"code":"EF300101","text":"Der Auftrag wurde nicht gefunden."}]}
                """);

        assertEquals(ApiException.JOB_NOT_FOUND, refusal.code());
        assertTrue(refusal.getMessage().contains("its outcome is in the job history"), refusal::getMessage);
        assertFalse(refusal.isPassing());
    }

    @Test
    void anHttpErrorIsARefusalEvenWhereTheEnvelopeSpeaksOfSuccess() {
        ApiException refusal =
                refusal(500, JSON, "{\"stid\":\"s\",\"status\":{\"code\":\"S400110\",\"type\":\"SUCCESS\"}}");

        assertEquals(ApiException.Kind.REFUSED, refusal.kind());
        assertTrue(refusal.mayHaveActed());
    }

    @Test
    void aWrongContextIsToldAsAMatterOfTheAccount() {
        ApiException refusal = refusal(400, JSON, """
                {"status":{"code":"E00","type":"ERROR"},"messages":[{"code":"EF01000","text":"Missing or wrong value.",
                 "objects":[{"type":"request.auth.context","value":"4"}]}]}
                """);

        assertTrue(
                refusal.getMessage().endsWith("Check the account's user, password and context."), refusal::getMessage);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            401 | Check the account's user, password and context.                              | false
            403 | Check what the account's user may do, and that it may do it from this address. | false
            404 | Check the id: it must belong to this user in this context.                   | false
            407 | The proxy wants credentials: check Jenkins' proxy settings.                  | false
            429 | More than 3 requests a second came from this address; other programs may use it too. | true
            500 | The service has trouble; run this again later.                               | true
            502 | The service has trouble; run this again later.                               | true
            """)
    void anHttpErrorSaysWhatToDoWhateverComesWithIt(int httpStatus, String remedy, boolean passing) {
        Stream.of(
                        refusal(httpStatus, JSON, "{\"status\":{\"code\":\"E1\",\"type\":\"ERROR\"}}"),
                        refusal(httpStatus, JSON, ""),
                        refusal(httpStatus, JSON, "{\"status\":"),
                        refusal(httpStatus, JSON, "<html>Sorry</html>"),
                        refusal(httpStatus, "text/html", "<html>Sorry</html>"),
                        refusal(httpStatus, "", ""))
                .forEach(refusal -> {
                    assertEquals(ApiException.Kind.REFUSED, refusal.kind());
                    assertEquals(OptionalInt.of(httpStatus), refusal.httpStatus());
                    assertTrue(refusal.getMessage().endsWith(remedy), refusal::getMessage);
                    assertEquals(passing, refusal.isPassing());
                });
    }

    @Test
    void aGatewaysPageIsQuotedInOneLine() {
        assertEquals(
                "CertificatePrepareOrder (400110) was refused (HTTP 502): \"HTTP 502, \"<html> <h1>Bad Gateway</h1> </html>\"\"."
                        + " The service has trouble; run this again later.",
                refusal(502, "text/html", "<html>\r\n<h1>Bad\tGateway</h1>\n</html>")
                        .getMessage());
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                Arguments.of("application/json", "", "it is not the JSON expected, it begins \"\""),
                Arguments.of(
                        "application/json",
                        "{\"stid\":\"2026",
                        "it is cut off after 13 bytes, it begins \"{\"stid\":\"2026\""),
                Arguments.of(
                        "application/json", "<html>Sorry</html>", "it is not the JSON expected, it begins \"<html>"),
                Arguments.of("application/json", "[]", "it is not the JSON expected, it begins \"[]\""),
                Arguments.of("application/json", "null", "it has no status, it begins \"null\""),
                Arguments.of(
                        "application/json", "{\"stid\":\"s\"}", "it has no status, it begins \"{\"stid\":\"s\"}\""),
                Arguments.of("application/json", "{\"status\":{\"code\":\"S1\"}}", "it has no status, it begins"),
                Arguments.of(
                        "text/html", "<html>Sign in</html>", "it is not JSON but text/html, it begins \"<html>Sign in"),
                Arguments.of(
                        "", "{\"status\":{\"type\":\"SUCCESS\"}}", "it is not JSON but of no content type, it begins"));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void anAnswerThatIsNoneOfTheServicesSaysSoAndHowItBegins(String contentType, String body, String problem) {
        ApiException failure = refusal(200, contentType, body);

        assertEquals(ApiException.Kind.MALFORMED, failure.kind());
        assertTrue(failure.mayHaveActed());
        assertTrue(
                failure.getMessage()
                        .startsWith("CertificatePrepareOrder (400110) got an unusable answer (HTTP 200): " + problem),
                failure::getMessage);
        assertTrue(
                failure.getMessage().endsWith("Check the URL and the protocol of the SSL Manager account."),
                failure::getMessage);
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

        assertEquals(ApiException.Kind.MALFORMED, refusal(200, JSON, body).kind());
    }

    @Test
    void nullsInListsAreNoEntries() {
        String body = """
                {"status":{"code":"S0905","type":"SUCCESS"},"messages":[null],
                 "data":[null,{"id":7,"messages":[null,{"code":"N1","objects":[null]}],"object":null}]}
                """;
        PollMessage message = codec.answer(Task.POLL_INFO, answer(200, JSON, body), PollMessage.class)
                .data()
                .get(0);

        assertEquals(7, message.id());
        assertEquals("N1", message.messages().get(0).code());
        assertNull(message.object());
    }

    @ParameterizedTest
    @CsvSource({"200, text/html", "502, text/html", "403, application/json", "200, application/json"})
    void secretsThatAnAnswerEchoesAreNotQuoted(int httpStatus, String contentType) {
        String echo = """
                <pre>PUT /v1/certificate/571
                Authorization: Basic cmVsZWFzZTpodW50ZXIy
                <input name="password" value="x"><password>hunter2</password>
                -----BEGIN PRIVATE KEY-----
                MC4CAQAwBQYDK2VwBCIEIA
                -----END PRIVATE KEY-----</pre>
                """;
        String message = refusal(httpStatus, contentType, echo).getMessage();

        Stream.of("cmVsZWFzZTpodW50ZXIy", "hunter2", "MC4CAQAwBQYDK2VwBCIEIA")
                .forEach(secret -> assertFalse(message.contains(secret), message));
        assertTrue(message.contains("[redacted]"), message);
    }

    private ApiException refusal(int httpStatus, String contentType, String body) {
        return assertThrows(
                ApiException.class,
                () -> codec.answer(Task.PREPARE_ORDER, answer(httpStatus, contentType, body), Certificate.class));
    }

    private static HttpAnswer answer(int httpStatus, String contentType, String body) {
        return new HttpAnswer(httpStatus, contentType, body.getBytes(UTF_8));
    }
}
