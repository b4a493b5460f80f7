package io.jenkins.plugins.sslmanager.engine.terminal.examination;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.async.ImmediateTime;
import io.jenkins.plugins.sslmanager.engine.sandbox.NameSpelling;
import io.jenkins.plugins.sslmanager.engine.sandbox.ProofShape;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The first look at a service: what it asks, what its report tells, and what the report never tells. */
class ExaminationTest {

    private static final String NAME = "shop.example.com";
    private static final String[] OTHERS = {"www." + NAME, "shop.example.org", "shop.example.net"};

    /** What such an account may see without changing anything. */
    private static final Set<Task> READING = Set.of(
            Task.HELLO,
            Task.CERTIFICATE_INFO,
            Task.CERTIFICATE_SEARCH,
            Task.PREPARE_ORDER,
            Task.JOB_SEARCH,
            Task.JOB_INFO,
            Task.JOB_HISTORY_SEARCH,
            Task.JOB_HISTORY_INFO,
            Task.CERTIFICATE_JOB_SEARCH,
            Task.CERTIFICATE_JOB_INFO,
            Task.CERTIFICATE_JOB_HISTORY_SEARCH,
            Task.CERTIFICATE_JOB_HISTORY_INFO,
            Task.POLL_INFO);

    private final ImmediateTime time = new ImmediateTime();

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void itAsksWhatChangesNothing(Protocol protocol) throws Exception {
        ExaminedSandbox service = service(Sandbox.builder());
        long id = certificate(service, AuthMethod.DNS);
        service.sandbox.addForeignMessage("foreign.example.net");

        service.report(id, protocol);

        assertTrue(READING.containsAll(service.asked), service.asked.toString());
        assertEquals(0, service.sandbox.orders(NAME));
        assertEquals(1, service.sandbox.queuedMessageIds().size());
        assertEquals(List.of(), service.sandbox.confirmedMessageIds());
    }

    @Test
    void theReportHasNothingOfTheCertificateAPersonOrTheAccount() throws Exception {
        ExaminedSandbox service = service(Sandbox.builder().jobDelay(Duration.ofHours(1)));
        long id = certificate(service, AuthMethod.DNS);
        service.sandbox.addForeignMessage("foreign.example.net");
        service.reissue(id);

        String report = service.report(id, Protocol.JSON, Protocol.XML);

        List<String> secrets = new ArrayList<>(
                List.of(ExaminedSandbox.USER, ExaminedSandbox.PASSWORD, "service.example", "-----BEGIN"));
        for (String answer : service.answers) {
            Protocol protocol = answer.startsWith("{") ? Protocol.JSON : Protocol.XML;
            collect("", protocol.tree(answer.getBytes(UTF_8)), secrets);
        }
        assertTrue(secrets.size() > 100, () -> "It looks for too little: " + secrets);
        assertEquals(
                List.of(), secrets.stream().filter(report::contains).distinct().toList(), report);
    }

    /** All values, line by line, but the words of the service and what is too short to tell anything. */
    private static void collect(String field, JsonNode node, List<String> into) {
        if (node.isArray()) {
            node.forEach(each -> collect(field, each, into));
        } else if (node.isObject()) {
            node.forEachEntry((name, value) -> collect(name, value, into));
        } else if (!node.isNull()
                && !Set.of("type", "code", "status", "method", "product", "software", "unit")
                        .contains(field)) {
            node.asString()
                    .lines()
                    .map(String::strip)
                    .filter(line -> line.length() > 3)
                    .filter(line -> !line.matches("(?i)[A-Z]+|[0-9]{4}|IN_PROGRESS|SHA2|SHA256|ICA1|.*-----"))
                    .forEach(into::add);
            // Words of one kind of letters may be a person's.
            if (Set.of("fname", "lname", "first", "last", "city", "organization", "address", "user")
                    .contains(field)) {
                into.add(node.asString());
            }
        }
    }

    @Test
    void anAnswerOfManyPartsIsAnonymousWhateverFieldsItHas() throws Exception {
        ExaminedSandbox service = service(Sandbox.builder())
                .vary(answer -> answer.replace(
                        "\"name\":\"" + NAME + "\"",
                        "\"name\":\"" + NAME + "\",\"Erika Mustermann\":\"Erika Mustermann\","
                                + "\"comment\":\"Call +49 941 123 or Erika\",\"type\":\"mustermann.example\","
                                + "\"multiyear\":true"));
        long id = certificate(service, AuthMethod.DNS);

        String report = service.report(id, Protocol.JSON);

        assertFalse(
                Pattern.compile("Erika|Mustermann|941", Pattern.CASE_INSENSITIVE)
                        .matcher(report)
                        .find(),
                report);
        assertTrue(report.contains("`Certificate.multiyear`"), report);
        assertTrue(report.contains("multiyear: true"), report);
    }

    @ParameterizedTest
    @CsvSource({"JSON, payable", "XML, payable", "JSON, software", "XML, software"})
    void aFieldThatIsMissingIsTold(Protocol protocol, String field) throws Exception {
        ExaminedSandbox service = service(Sandbox.builder())
                .vary(answer -> answer.replaceAll("\"" + field + "\":\"[^\"]*\",?", "")
                        .replaceAll("<" + field + ">[^<]*</" + field + ">", ""));
        long id = certificate(service, AuthMethod.DNS);

        String report = service.report(id, protocol);

        assertTrue(report.contains("| CertificateInfo (400104) | Done |  | `" + field + "` |"), report);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SAN                               | `response/result/data/certificate/san/name`
            SUBJECT_ALTERNATIVE_NAME_TEXT     | certificate/subject_alternative_name`
            NESTED                            | certificate/subject_alternative_names/subject_alternative_name/name`
            """)
    void howFurtherNamesAreSpelledOverXmlIsTold(NameSpelling spelling, String seen) throws Exception {
        ExaminedSandbox service = service(Sandbox.builder().nameSpelling(spelling));
        long id = certificate(service, AuthMethod.DNS);

        String report = service.report(id, Protocol.XML);

        assertTrue(
                line(report, "| Where are the further names")
                        .contains(seen.replace("`response/", "").replace("`", "")),
                report);
        assertTrue(report.contains("Names: 4 would be ordered"), report);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DOMAINS | {EMAIL=1, DNS=1, FILE=1}. Entries in the field `domains` of each: [3]
            ENTRIES | {EMAIL=3, DNS=3, FILE=3}. Entries in the field `domains` of each: [0]
            """)
    void howPrepareOrderAnswersForSeveralDomainsIsTold(ProofShape shape, String seen) throws Exception {
        ExaminedSandbox service = service(Sandbox.builder().proofShape(shape));
        long id = certificate(service, AuthMethod.DNS);

        for (Protocol protocol : Protocol.values()) {
            assertTrue(service.report(id, protocol).contains(seen), protocol.name());
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void aJobsEventsAndTheStateOfEachDomainAreTold(Protocol protocol) throws Exception {
        ExaminedSandbox service = service(Sandbox.builder().jobDelay(Duration.ofHours(1)));
        long id = certificate(service, AuthMethod.DNS);
        service.reissue(id);

        String report = service.report(id, protocol);

        assertTrue(line(report, "| What do `events`").contains("ctid"), report);
        assertTrue(report.contains("| Which words are in `dcvAuth`? | IN_PROGRESS. |"), report);
        assertTrue(report.contains("would not work as things are: a job of this certificate is under way"), report);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DNS   | shop.example.com | A re-issue by `sslRotateCertificate` would work.
            DNS   | shop.example.org | InterNetX does not set all that proves control
            FILE  | shop.example.com | InterNetX does not set all that proves control
            EMAIL | shop.example.com | people have to approve it by e-mail
            """)
    void whetherAReissueWouldWorkIsTold(String method, String name, String verdict) throws Exception {
        ExaminedSandbox service = service(Sandbox.builder().zonesElsewhere("shop.example.org"));
        long id = service.sandbox.addCertificate(name, new AuthMethod(method), "www." + name);

        for (Protocol protocol : Protocol.values()) {
            assertTrue(service.report(id, protocol).contains(verdict), protocol.name());
        }
    }

    @Test
    void theEndOfThePaidTermIsTold() throws Exception {
        ExaminedSandbox service = service(Sandbox.builder());
        long id = service.sandbox.addCertificate("term-ends.example.com", AuthMethod.DNS);

        assertTrue(service.report(id, Protocol.JSON).contains("the paid term ends with the certificate"));
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void aCertificateThatIsNotThereIsTold(Protocol protocol) throws Exception {
        String report = service(Sandbox.builder()).report(4711, protocol);

        assertTrue(report.contains("the service did not give the certificate"), report);
        assertTrue(report.contains("| CertificateInfo (400104) | REFUSED"), report);
    }

    @Test
    void withoutASignInNothingMoreIsAsked() {
        ExaminedSandbox service = service(Sandbox.builder())
                .vary(answer -> answer.replace("SUCCESS", "ERROR").replace("success", "error"));

        for (Protocol protocol : Protocol.values()) {
            service.asked.clear();
            assertThrows(ApiException.class, () -> service.report(1001, protocol));
            assertEquals(1, service.asked.size());
        }
    }

    /** What bin/run --terminal --examine writes; the docs show it. */
    @Test
    void theReportInTheDocsIsTheSandboxs() throws Exception {
        ExaminedSandbox service = service(Sandbox.builder()
                .jobDelay(Duration.ofHours(1))
                .proofShape(ProofShape.DOMAINS)
                .zonesElsewhere("shop.example.org"));
        long id = certificate(service, AuthMethod.DNS);
        service.reissue(id);

        String report = service.report(id, Protocol.JSON, Protocol.XML);

        Path written = Path.of("target/examination.md");
        Files.createDirectories(written.getParent());
        Files.writeString(written, report);
        assertEquals(
                report, Files.readString(docs().resolve("examples/examination.md")), "The new one is in " + written);
    }

    private static Path docs() throws IOException {
        Path here = Path.of("").toAbsolutePath();
        return Stream.of(here, here.getParent())
                .map(folder -> folder.resolve("docs"))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }

    private ExaminedSandbox service(Sandbox.Builder builder) {
        return new ExaminedSandbox(builder, time);
    }

    private static long certificate(ExaminedSandbox service, AuthMethod method) {
        return service.sandbox.addCertificate(NAME, method, OTHERS);
    }

    private static String line(String report, String begin) {
        return report.lines().filter(line -> line.startsWith(begin)).findFirst().orElseThrow();
    }
}
