package io.jenkins.plugins.sslmanager.engine.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.CertAuthentication;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import io.jenkins.plugins.sslmanager.engine.api.Message;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.PollMessage;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.http.HttpAnswer;
import io.jenkins.plugins.sslmanager.engine.http.HttpCall;
import io.jenkins.plugins.sslmanager.engine.http.ServiceAccount;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the process page has no example of. */
class XmlApiTest {

    private static final ServiceAccount ACCOUNT =
            new ServiceAccount(URI.create("https://gateway.autodns.com"), "release", "&<secret>", 9);
    private static final String AUTH =
            "<request><auth><user>release</user><password>&amp;&lt;secret></password><context>9</context></auth><task>";

    private final List<HttpCall> sent = new ArrayList<>();
    private String answer = "";

    static Stream<Arguments> tasks() {
        Query query = Query.jobsOf("example.com");
        return Stream.of(
                task("<code>0905</code>", SslManagerApi::hello),
                task(
                        "<code>400114</code><certificate_job><job><id>7</id></job></certificate_job>",
                        api -> api.jobInfo(7)),
                task(
                        "<code>400134</code><certificate_job><job><id>7</id></job></certificate_job>",
                        api -> api.jobHistoryInfo(7)),
                task(
                        "<code>400105</code>" + list("name"),
                        api -> api.certificateSearch(Query.certificatesOf("example.com"))),
                task("<code>400115</code>" + list("object"), api -> api.jobSearch(query)),
                task("<code>400115</code>" + page(100), api -> api.jobSearch(Query.runningJobs(100))),
                task("<code>400135</code>" + list("object"), api -> api.jobHistorySearch(query)));
    }

    private static String page(int offset) {
        return "<view><limit>100</limit><offset>" + offset + "</offset></view>"
                + "<order><key>created</key><mode>desc</mode></order>";
    }

    private static String list(String key) {
        return "<view><limit>100</limit><offset>0</offset></view><where><key>" + key + "</key><operator>eq</operator>"
                + "<value>example.com</value></where><order><key>created</key><mode>desc</mode></order>";
    }

    private static Arguments task(String document, Function<SslManagerApi, CompletableFuture<?>> ask) {
        return Arguments.of(document, ask);
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void aTaskIsItsNumberAndWhatItIsAbout(String document, Function<SslManagerApi, CompletableFuture<?>> ask) {
        CompletableFuture<?> asked = ask.apply(api());

        ApiException failure = (ApiException)
                assertThrows(CompletionException.class, asked::join).getCause();
        assertTrue(document.startsWith("<code>" + failure.task().code() + "</code>"));
        assertTrue(failure.getMessage().contains("(" + failure.task().code() + ") got an unusable answer"));

        HttpCall call = sent.get(0);
        assertEquals(
                AUTH + document + "</task></request>", new String(call.body().get(), UTF_8));
        assertEquals("POST", call.method());
        assertEquals("", call.path());
        assertEquals("application/xml", call.contentType());
        assertTrue(call.repeatable());
    }

    @Test
    void anOrderCarriesItsTransactionIdAndIsNotRepeatable() {
        api().reissue(7, order("x"), "jenkins-17")
                .exceptionally(failure -> null)
                .join();

        assertFalse(sent.get(0).repeatable());
        assertEquals(
                "<code>400102</code><ctid>jenkins-17</ctid><certificate><id>7</id>",
                new String(sent.get(0).body().get(), UTF_8)
                        .substring(AUTH.length())
                        .replaceAll("(?s)(</id>).*", "$1"));
    }

    @Test
    void aCharacterThatThereIsNotInXmlIsToldAndNothingIsSent() {
        CompletableFuture<?> order = api().reissue(7, order("\u001b[1m"), "jenkins-17");

        ApiException failure = (ApiException)
                assertThrows(CompletionException.class, order::join).getCause();
        assertEquals(
                "CertificateReissue (400102) was not sent: it holds a character that there is not in XML. Remove control"
                        + " characters from what the step is given.",
                failure.getMessage());
        assertFalse(failure.mayHaveActed());
        assertEquals(List.of(), sent);
    }

    /** From InterNetX's help page "Managing Certificate Orders". */
    @Test
    void jobsAreReadFromAListAsOnTheHelpPage() {
        answer = """
                <response><result><data><summary>1</summary><certificate_job><job><id>12345</id>
                <owner><user>user</user><context>9</context></owner><updater><user>user</user><context>9</context></updater>
                <object>domain.de</object><status>DEFFERED</status><sub_status>WF_EMAIL_AUTH</sub_status>
                <created>2019-10-23 16:12:33</created><updated>2019-10-23 17:26:01</updated><type>ssl</type>
                <sub_type>RAPID_SSL</sub_type><action>create</action><execution>2019-10-23 17:25:58</execution></job>
                </certificate_job></data><status><code>S400115</code><type>success</type></status></result></response>
                """;

        ObjectJob job = api().jobSearch(Query.jobsOf("domain.de")).join().get(0);

        assertEquals(12345, job.job().id());
        assertEquals("domain.de", job.object().value());
        assertEquals("WF_EMAIL_AUTH", job.job().subStatus());
        assertEquals(
                OffsetDateTime.parse("2019-10-23T16:12:33+02:00"), job.job().created());
        assertFalse(job.job().status().ended());
        assertNull(job.object().data());
    }

    @Test
    void aFailureIsToldWithItsReasons() {
        answer = """
                <response><result><data><summary>2</summary><message><id>7</id><job><job_id>8</job_id><status>
                <code>E400102</code><text>The order failed.</text><type>error</type><object><type>certificate</type>
                <value>example.com</value></object></status><ctid>jenkins-17</ctid><nic_response>CAA forbids it.</nic_response>
                </job></message></data><status><code>S0905</code><type>success</type></status></result></response>
                """;

        PollMessage message = api().pollInfo().join().message().orElseThrow();

        assertEquals("FAILED", message.job().status().name());
        assertEquals("jenkins-17", message.ctid());
        assertEquals("example.com", message.object().value());
        assertEquals(
                List.of("The order failed.", "CAA forbids it."),
                message.messages().stream().map(Message::text).toList());
    }

    @Test
    void anEmptyQueueHasNoMessage() {
        answer = "<response><result><data><summary>0</summary></data>"
                + "<status><code>S0905</code><type>success</type></status></result></response>";

        assertEquals(0, api().pollInfo().join().waiting());
        assertTrue(api().pollInfo().join().message().isEmpty());
    }

    private SslManagerApi api() {
        return new XmlApi(ACCOUNT, call -> {
            sent.add(call);
            return CompletableFuture.completedFuture(new HttpAnswer(200, "application/xml", answer.getBytes(UTF_8)));
        });
    }

    private static CertificateOrder order(String fileContent) {
        return new CertificateOrder(
                null, null, null, null, null, null, null, null, CertAuthentication.byFile("file.txt", fileContent));
    }
}
