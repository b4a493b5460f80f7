package io.jenkins.plugins.sslmanager.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.CertAuthentication;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import io.jenkins.plugins.sslmanager.engine.api.SslContact;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.api.TimePeriod;
import io.jenkins.plugins.sslmanager.engine.http.HttpAnswer;
import io.jenkins.plugins.sslmanager.engine.http.ServiceAccount;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are no success, and what is made of them for whoever reads the build's log: the same in both protocols. */
@ParameterizedClass
@EnumSource(Protocol.class)
class AnswersTest {

    private static final ServiceAccount ACCOUNT =
            new ServiceAccount(URI.create("https://ssl.example.com"), "release", "hunter2", 4);

    private static final CertificateOrder AN_ORDER = new CertificateOrder(
            SslContact.reference(1L),
            SslContact.reference(1L),
            "www.example.com",
            new TimePeriod("MONTH", 12L),
            "APACHESSL",
            "CSR",
            "PRODUCT",
            null,
            CertAuthentication.byMail(List.of()));

    @Parameter
    Protocol protocol;

    @Test
    void theReasonIsToldWithCodeTextObjectAndStid() {
        ApiException refusal =
                refusal(400, envelopes().refusal("EF400112", "Der Schlüssel ist zu klein.", "bits", "1024"));

        assertEquals("EF400112", refusal.code());
        assertEquals("20261124-17", refusal.stid());
        assertEquals(
                "CertificatePrepareOrder (400110) was refused (HTTP 400, stid 20261124-17): EF400112 \"Der Schlüssel ist zu"
                        + " klein. (bits 1024)\". Correct what the service names; its support wants the transaction ID.",
                refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 404})
    void theCodeDecidesWhateverTheTextAndTheHttpStatusSay(int httpStatus) {
        ApiException refusal =
                refusal(httpStatus, envelopes().refusal("EF300101", "Der Auftrag wurde erfolgreich gefunden."));

        assertEquals(ApiException.JOB_NOT_FOUND, refusal.code());
        assertTrue(refusal.getMessage().contains("Look for it in the job history"), refusal::getMessage);
        assertFalse(refusal.isPassing());
    }

    @Test
    void aRefusalWithoutReasonsIsToldByItsStatus() {
        assertEquals(
                "E400110", refusal(200, envelopes().status("E400110", "ERROR")).code());
    }

    @Test
    void anHttpErrorIsARefusalEvenWhereTheEnvelopeSpeaksOfSuccess() {
        ApiException refusal = refusal(500, envelopes().status("S400110", "SUCCESS"));

        assertEquals(ApiException.Kind.REFUSED, refusal.kind());
        assertTrue(refusal.mayHaveActed());
    }

    @ParameterizedTest
    @CsvSource({
        "200, request.auth.context",
        "400, request.auth.context",
        "200, request.auth.user",
        "200, request.auth.password",
        "200, request.auth",
        "200, auth.token"
    })
    void whatIsWrongWithTheAccountIsToldAsAMatterOfTheAccount(int httpStatus, String object) {
        ApiException refusal =
                refusal(httpStatus, envelopes().refusal("EF01000", "Missing or wrong value.", object, "4"));

        assertTrue(
                refusal.getMessage().endsWith("Check the account's user, password and context."), refusal::getMessage);
    }

    @Test
    void aRefusalThatDoesNotSayWhatItIsAboutMayBeAboutTheAccount() {
        ApiException refusal = refusal(200, envelopes().status("EF01000", "ERROR"));

        assertTrue(
                refusal.getMessage().endsWith("Check the account's user, password and context."), refusal::getMessage);
    }

    @ParameterizedTest
    @CsvSource({
        "request.auth.password, hunter2, (request.auth.password)",
        "request.auth.token, hunter2, (request.auth.token)",
        "request.auth.context, 9, (request.auth.context 9)",
        "request.auth.user, bot, (request.auth.user bot)"
    })
    void whatAnAccountSignsInWithIsNotRepeated(String object, String value, String told) {
        String message = refusal(400, envelopes().refusal("EF01000", "Missing or wrong value.", object, value))
                .getMessage();

        assertTrue(message.contains(told), message);
        assertFalse(message.contains("hunter2"), message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            302 | The answer leads elsewhere, where no credentials are sent: check the URL of the SSL Manager account, and Jenkins' proxy settings, since a proxy that wants a sign-in answers so, too. | false
            401 | Check the account's user, password and context.                              | false
            403 | Check what the account's user may do, and that it may do it from this address. | false
            404 | Check the URL and the protocol of the SSL Manager account.                   | false
            407 | The proxy wants credentials, or others: check Jenkins' proxy settings. With Basic authentication, Java sends them on the way to https only if it runs with -Djdk.http.auth.tunneling.disabledSchemes= | false
            429 | More than 3 requests a second came from this address; other programs may use it too. | true
            500 | The service has trouble; run this again later.                               | true
            502 | The service has trouble; run this again later.                               | true
            """)
    void anHttpErrorSaysWhatToDoWhateverComesWithIt(int httpStatus, String remedy, boolean passing) {
        String envelope = envelopes().status("E1", "ERROR");
        String type = envelopes().contentType();
        Stream.of(
                        answer(httpStatus, type, envelope),
                        answer(httpStatus, type, ""),
                        answer(httpStatus, type, envelope.substring(0, 10)),
                        answer(httpStatus, type, "<html>Sorry</html>"),
                        answer(httpStatus, "text/html", "<html>Sorry</html>"),
                        answer(httpStatus, "", ""))
                .map(this::refusal)
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
                refusal(answer(502, "text/html", "<html>\r\n<h1>Bad\tGateway</h1>\n</html>"))
                        .getMessage());
    }

    @Test
    void anHttpErrorInTheOtherProtocolSaysSo() {
        ApiException refusal = refusal(answer(401, otherProtocol().contentType(), "x"));

        assertEquals(ApiException.Kind.REFUSED, refusal.kind());
        assertTrue(
                refusal.getMessage()
                        .endsWith("The answer is " + otherProtocol().protocol()
                                + ". Check the URL and the protocol of the SSL Manager account."),
                refusal::getMessage);
    }

    @Test
    void aSignInPageIsNotTheProtocolsLanguage() {
        assertUnusable(
                answer(200, "text/html", "<html>Sign in</html>"),
                "it is not " + protocol + " but text/html, it begins \"<html>Sign in");
        assertUnusable(answer(200, "", "Sign in"), "it is not " + protocol + " but of no content type, it begins");
        assertUnusable(answer(200, otherProtocol().contentType(), "x"), "it is not " + protocol + " but ");
    }

    @Test
    void aSignInPageThatPretendsToBeAnAnswerIsNotTheOneExpected() {
        String page = "<!DOCTYPE html><html><body>Sign in</body></html>";
        assertUnusable(
                answer(200, envelopes().contentType(), page),
                "it is not the " + protocol + " expected, it begins \"<!DOCTYPE");
        assertUnusable(answer(200, envelopes().contentType(), "Sign in"), "it is not the " + protocol + " expected");
    }

    @Test
    void aTruncatedAnswerSaysSo() {
        String whole =
                envelopes().refusal("EF1", "Der Schluessel ist zu klein.").strip();
        String half = whole.substring(0, whole.length() / 2);
        assertUnusable(
                answer(200, envelopes().contentType(), half),
                "it is cut off after " + half.length() + " bytes, it begins");
    }

    @Test
    void aTruncatedAnswerIsUnusableWhereverItIsCut() {
        String whole =
                envelopes().refusal("EF1", "Der Schluessel ist zu klein.").strip();
        IntStream.range(1, whole.length())
                .forEach(length ->
                        assertUnusable(answer(200, envelopes().contentType(), whole.substring(0, length)), "it is "));
    }

    @Test
    void anAnswerInAWrongEncodingIsNotTheOneExpected() {
        byte[] latin1 =
                envelopes().refusal("EF1", "Der Schlüssel ist zu klein.").getBytes(ISO_8859_1);

        assertUnusable(
                new HttpAnswer(200, envelopes().contentType(), latin1), "it is not the " + protocol + " expected");
    }

    @Test
    void anAnswerWithoutAStatusSaysSo() {
        String empty = protocol == Protocol.JSON ? "{\"stid\":\"s\"}" : "<response><stid>s</stid></response>";
        assertUnusable(answer(200, envelopes().contentType(), empty), "it has no status, it begins \"" + empty);
    }

    @Test
    void aSuccessWithoutDataSaysSo() {
        assertUnusable(
                answer(200, envelopes().contentType(), envelopes().status("S400110", "SUCCESS")),
                "it has no data, it begins");
    }

    @ParameterizedTest
    @CsvSource({"200, true", "502, true", "403, false", "200, false"})
    void secretsThatAnAnswerEchoesAreNotQuoted(int httpStatus, boolean html) {
        String echo = """
                <pre>PUT /v1/certificate/571
                Authorization: Basic cmVsZWFzZTpodW50ZXIy
                <input name="password" value="x"><password>hunter2</password>
                -----BEGIN PRIVATE KEY-----
                MC4CAQAwBQYDK2VwBCIEIA
                -----END PRIVATE KEY-----</pre>
                """;
        String message = refusal(
                        answer(httpStatus, html ? "text/html" : envelopes().contentType(), echo))
                .getMessage();

        Stream.of("cmVsZWFzZTpodW50ZXIy", "hunter2", "MC4CAQAwBQYDK2VwBCIEIA")
                .forEach(secret -> assertFalse(message.contains(secret), message));
        assertTrue(message.contains("[redacted]"), message);
    }

    /** A page with a script, which once sent a search for secrets into a stack overflow. */
    @Test
    void aGatewaysPageOf3000CharactersAfterAnOrderLeavesItInDoubt() {
        String page = "<html><script>var password=" + "x=\\\"'&;".repeat(500) + "</script></html>";
        CompletableFuture<?> ordered = protocol.over(
                        ACCOUNT, call -> CompletableFuture.completedFuture(answer(502, "text/html", page)))
                .reissue(1001, AN_ORDER, "ctid");

        ApiException failure = (ApiException)
                assertThrows(CompletionException.class, ordered::join).getCause();

        assertTrue(failure.mayHaveActed(), failure::getMessage);
        assertTrue(failure.isPassing(), failure::getMessage);
        assertTrue(failure.getMessage().length() < 1000, failure::getMessage);
        assertFalse(failure.getMessage().contains("x="), failure::getMessage);
    }

    @Test
    void anOrderCheckBeforeAReissueNamesTheCertificateAndWhatItIsFor() {
        List<String> sent = new ArrayList<>();
        SslManagerApi api = protocol.over(ACCOUNT, call -> {
            sent.add(new String(call.body().get(), UTF_8));
            return new CompletableFuture<>();
        });

        api.prepareOrder(CertificateData.of("CSR", "PRODUCT", 1001L, true));
        api.prepareOrder(CertificateData.of("CSR", "PRODUCT", 1001L, null));
        api.prepareOrder(CertificateData.request("CSR", "PRODUCT"));

        List<String> fields = protocol == Protocol.JSON
                ? List.of("\"certificate\":{\"id\":1001}", "\"businessCase\":\"REISSUE\"", "\"checkCaa\":true")
                : List.of(
                        "<certificate><id>1001</id></certificate>",
                        "<business_case>REISSUE</business_case>",
                        "<check_caa>1</check_caa>");
        assertEquals(fields, fields.stream().filter(sent.get(0)::contains).toList(), sent.get(0));
        assertEquals(
                fields.subList(0, 2),
                fields.stream().filter(sent.get(1)::contains).toList(),
                sent.get(1));
        assertEquals(List.of(), fields.stream().filter(sent.get(2)::contains).toList(), sent.get(2));
    }

    private Envelopes envelopes() {
        return new Envelopes(protocol);
    }

    private Envelopes otherProtocol() {
        return new Envelopes(protocol == Protocol.JSON ? Protocol.XML : Protocol.JSON);
    }

    private void assertUnusable(HttpAnswer answer, String problem) {
        ApiException failure = refusal(answer);

        assertEquals(ApiException.Kind.MALFORMED, failure.kind(), failure::getMessage);
        assertTrue(failure.mayHaveActed());
        assertTrue(
                failure.getMessage()
                        .startsWith("CertificatePrepareOrder (400110) got an unusable answer (HTTP 200): " + problem),
                failure::getMessage);
        assertTrue(
                failure.getMessage().endsWith("Check the URL and the protocol of the SSL Manager account."),
                failure::getMessage);
    }

    private ApiException refusal(int httpStatus, String body) {
        return refusal(answer(httpStatus, envelopes().contentType(), body));
    }

    private ApiException refusal(HttpAnswer answer) {
        CompletableFuture<CertificateData> asked = protocol.over(
                        ACCOUNT, call -> CompletableFuture.completedFuture(answer))
                .prepareOrder(CertificateData.request("CSR", "PRODUCT"));
        return (ApiException)
                assertThrows(CompletionException.class, asked::join).getCause();
    }

    private static HttpAnswer answer(int httpStatus, String contentType, String body) {
        return new HttpAnswer(httpStatus, contentType, body.getBytes(UTF_8));
    }
}
