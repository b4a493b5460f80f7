package io.jenkins.plugins.sslmanager.engine.sandbox.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.async.VirtualTime;
import io.jenkins.plugins.sslmanager.engine.sandbox.Behaviour;
import io.jenkins.plugins.sslmanager.engine.sandbox.Csrs;
import io.jenkins.plugins.sslmanager.engine.sandbox.DemoCertificates;
import io.jenkins.plugins.sslmanager.engine.sandbox.NameSpelling;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import io.jenkins.plugins.sslmanager.engine.sandbox.TestSandbox;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sandbox says over XML, as a client other than ours sees it. */
class XmlEndpointTest {

    private static final String AUTH =
            "<auth><user>sandbox</user><context>1</context><password>sandbox</password></auth>";

    private final VirtualTime clock = new VirtualTime();
    private final Sandbox sandbox = TestSandbox.in(clock).build();
    private final Endpoint endpoint = SandboxServer.endpoint(Protocol.XML, sandbox);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <auth><user>sandbox</user><context>1</context><password>wrong</password></auth>   | EF00401 request.auth.user
            <auth><user>nobody</user><context>1</context><password>sandbox</password></auth>  | EF00401 request.auth.user
            <auth><user>sandbox</user><context>4</context><password>sandbox</password></auth> | EF01000 request.auth.context
            <auth><user>sandbox</user><password>sandbox</password></auth>                     | EF01000 request.auth.context
            <auth/>                                                                           | EF00401 request.auth.user
            """)
    void credentialsAreChecked(String auth, String refusal) {
        assertRefused(refusal, "<request>" + auth + "<task><code>0905</code></task></request>");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <task><code>400199</code></task>                                    | EF01000 request.task.code
            <task/>                                                             | EF01000 request.task.code
            <task><code>400104</code></task>                                    | EF01000 request.task.id
            <task><code>400110</code></task>                                    | EF01000 request.task.certificate_request
            <task><code>400104</code><certificate><id>1</id></certificate></task> | EF400104 Certificate
            <task><code>0906</code><message><id>1</id></message></task>         | EF0906 message
            """)
    void tasksAreChecked(String task, String refusal) {
        assertRefused(refusal, "<request>" + AUTH + task + "</request>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no XML",
                "<request><auth>",
                "<!DOCTYPE request [<!ENTITY user \"sandbox\">]><request/>",
                "{\"task\":1}"
            })
    void whatIsNoDocumentIsRefused(String body) {
        assertRefused("EF00400 reason", body);
    }

    @Test
    void anErrorIsToldInTheDocumentAndNotByHttp() {
        EndpointReply reply = ask("<task><code>400104</code><certificate><id>1</id></certificate></task>");

        assertEquals(200, reply.status());
        assertEquals("text/xml;charset=UTF-8", reply.headers().get("Content-Type"));
        assertTrue(
                text(reply)
                        .contains(
                                "<status><code>E400104</code><text>Errors occurred during processing.</text><type>error</type>"),
                text(reply));
    }

    @Test
    void moreThanThreeRequestsInASecondAreTooManyForHttpToo() {
        Endpoint limited = SandboxServer.endpoint(
                Protocol.XML, Sandbox.builder().clock(clock).build());
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    200,
                    ask(limited, document("<task><code>0905</code></task>")).status());
            clock.pass(Duration.ofMillis(300));
        }

        EndpointReply refused = ask(limited, document("<task><code>0905</code></task>"));

        assertEquals(429, refused.status());
        assertEquals("1", refused.headers().get("Retry-After"));
        assertTrue(text(refused).contains("EF00429"), text(refused));
    }

    @Test
    void anEmptyQueueHasASummaryAndNoMessage() {
        assertEquals("<data><summary>0</summary></data>", element("data", ask("<task><code>0905</code></task>")));
    }

    @Test
    void aForeignMessageIsTheDomainJobOfTheExample() {
        sandbox.addForeignMessage("example.com");

        String message = element("message", ask("<task><code>0905</code></task>"));

        assertTrue(
                message.contains("<job><domain><name>example.com</name><expire>2027-11-24 10:00:00</expire>"), message);
        assertTrue(message.contains("<nserver><name>a.ns14.net</name></nserver><nserver>"), message);
        assertTrue(message.contains("<confirm_order>1</confirm_order>"), message);
        assertTrue(
                message.contains("<status><code>S0101</code><type>success</type><object><type>domain</type>"
                        + "<value>example.com</value></object></status>"),
                message);
    }

    @Test
    void aConfirmationNamesTheMessageAndHowManyAreLeft() {
        long id = sandbox.addForeignMessage("example.com");
        sandbox.addForeignMessage("example.net");

        assertEquals(
                "<data><summary>1</summary><message><id>" + id + "</id></message></data>",
                element("data", ask("<task><code>0906</code><message><id>" + id + "</id></message></task>")));
    }

    @Test
    void aNotificationCarriesTheCtidOfItsOrderAndItsReason() {
        Certificate certificate = new DemoCertificates(sandbox).get(Behaviour.JOB_FAILED);
        String order = """
                <task><code>400102</code><ctid>jenkins-17</ctid><certificate><id>%d</id><technical><id>100</id></technical>
                <admin><id>100</id></admin><name>%s</name><product>QUICKSSLPREMIUM</product>
                <authentication><method>DNS</method></authentication><lifetime>12</lifetime><software>APACHESSL</software>
                <csr><![CDATA[%s]]></csr></certificate></task>""".formatted(certificate.id(), certificate.name(), Csrs.of(certificate));

        String job = element("certificate_job", ask(order));
        clock.pass(TestSandbox.JOB_DELAY);
        String message = element("message", ask("<task><code>0905</code></task>"));

        assertTrue(job.contains("<id>9218001</id>") && job.contains("<status>RUNNING</status>"), job);
        assertTrue(message.contains("<ctid>jenkins-17</ctid>"), message);
        assertTrue(message.contains("<code>EF400102</code>") && message.contains("<type>error</type>"), message);
    }

    @Test
    void theJobsOfACertificateAreListedByTheirOwnNumber() {
        Certificate certificate =
                sandbox.certificate(sandbox.addCertificate("example.com", AuthMethod.DNS, "www.example.com"));

        EndpointReply list = ask("""
                <task><code>400135</code><view><limit>10</limit><offset>0</offset></view><where><key>object</key>
                <operator>eq</operator><value>%s</value></where><order><key>created</key><mode>desc</mode></order></task>""".formatted(certificate.name()));

        assertEquals("<data><summary>0</summary></data>", element("data", list));
        assertTrue(text(list).contains("<code>S400135</code>"), text(list));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SAN          | <san><type>SUBDOMAIN</type><name>www.a.example</name></san><san><type>FQDN</type><name>b.example</name></san>
            SAN_TEXT     | <san>www.a.example</san><san>b.example</san>
            SAN_OF_NAMES | <san><name>www.a.example</name><name>b.example</name></san>
            NESTED_TEXT  | <subject_alternative_names><subject_alternative_name>www.a.example</subject_alternative_name><subject_alternative_name>b.example</subject_alternative_name></subject_alternative_names>
            """)
    void furtherNamesAreSpelledAsTheTestWants(NameSpelling spelling, String expected) {
        Sandbox spelled = Sandbox.builder().nameSpelling(spelling).build();
        long id = spelled.addCertificate("a.example", AuthMethod.DNS, "www.a.example", "b.example");

        String certificate = element(
                "certificate",
                ask(
                        SandboxServer.endpoint(Protocol.XML, spelled),
                        document("<task><code>400104</code><certificate><id>" + id + "</id></certificate></task>")));

        assertTrue(certificate.contains(expected), certificate);
    }

    private void assertRefused(String refusal, String document) {
        String message = element("msg", ask(endpoint, document));
        assertEquals(refusal, first("code", message) + " " + first("type", element("object", message)));
    }

    private EndpointReply ask(String task) {
        return ask(endpoint, document(task));
    }

    private static String document(String task) {
        return "<request>" + AUTH + task + "</request>";
    }

    private static EndpointReply ask(Endpoint endpoint, String document) {
        return endpoint.answer(new EndpointRequest("POST", "", name -> null, document.getBytes(UTF_8)));
    }

    private static String text(EndpointReply reply) {
        return new String(reply.body(), UTF_8);
    }

    private static String element(String name, EndpointReply reply) {
        return element(name, text(reply));
    }

    private static String element(String name, String document) {
        Matcher matcher = Pattern.compile("(?s)<" + name + ">.*</" + name + ">").matcher(document);
        assertTrue(matcher.find(), document);
        return matcher.group();
    }

    private static String first(String name, String document) {
        Matcher matcher =
                Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(document);
        assertTrue(matcher.find(), document);
        return matcher.group(1);
    }
}
