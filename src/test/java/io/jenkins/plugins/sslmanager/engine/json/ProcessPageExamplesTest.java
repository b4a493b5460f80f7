package io.jenkins.plugins.sslmanager.engine.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.sslmanager.engine.api.CertAuthentication;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.api.PollMessage;
import io.jenkins.plugins.sslmanager.engine.api.Response;
import io.jenkins.plugins.sslmanager.engine.api.SslContact;
import io.jenkins.plugins.sslmanager.engine.api.StatusType;
import io.jenkins.plugins.sslmanager.engine.api.TimePeriod;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON examples of InterNetX's page "Automation of certificate reissues", as they stand there. */
class ProcessPageExamplesTest {

    private static final JsonMapper PLAIN = new JsonMapper();
    private final JsonCodec codec = new JsonCodec();

    static Stream<Arguments> responses() {
        return Stream.of(
                Arguments.of("prepare-order", CertificateData.class),
                Arguments.of("reissue", Job.class),
                Arguments.of("poll-info", PollMessage.class),
                Arguments.of("poll-confirm", Object.class),
                Arguments.of("certificate-info", Certificate.class));
    }

    @ParameterizedTest
    @MethodSource("responses")
    void responseIsReadWithoutLosingAField(String task, Class<?> dataType) throws IOException {
        byte[] example = example(task + ".response");
        Response<?> decoded = codec.decodeResponse(example, dataType);
        assertEquals(PLAIN.readTree(example), tree(decoded));
    }

    @Test
    void prepareOrderRequestIsTheExamples() throws IOException {
        JsonNode example = PLAIN.readTree(example("prepare-order.request"));
        CertificateData request = CertificateData.request(
                example.get("plain").asString(), example.get("product").asString());
        assertEquals(example, tree(request));
    }

    @Test
    void reissueRequestIsTheExamples() throws IOException {
        JsonNode example = PLAIN.readTree(example("reissue.request"));
        CertificateOrder order = new CertificateOrder(
                SslContact.reference(100),
                SslContact.reference(100),
                "example.com",
                new TimePeriod("MONTH", 12L),
                "APACHESSL",
                example.get("csr").asString(),
                "QUICKSSLPREMIUM",
                null,
                CertAuthentication.byDns(
                        example.get("authentication").get("dns").asString(), true));
        assertEquals(example, tree(order));
    }

    @Test
    void datesKeepTheirInstantAndOffset() throws IOException {
        Response<PollMessage> poll = codec.decodeResponse(example("poll-info.response"), PollMessage.class);
        assertEquals(
                OffsetDateTime.parse("2018-12-12T10:53:36+01:00"),
                poll.data().get(0).job().updated());
    }

    @ParameterizedTest
    @MethodSource("dates")
    void dateIsReadInEveryUsualForm(String written, String meant) {
        Certificate certificate =
                codec.decode(("{\"expire\":\"" + written + "\"}").getBytes(StandardCharsets.UTF_8), Certificate.class);
        assertEquals(OffsetDateTime.parse(meant), certificate.expire());
    }

    static Stream<Arguments> dates() {
        return Stream.of(
                Arguments.of("2027-01-31T23:59:59.000+0100", "2027-01-31T23:59:59+01:00"),
                Arguments.of("2027-01-31T23:59:59+0000", "2027-01-31T23:59:59Z"),
                Arguments.of("2027-01-31T23:59:59Z", "2027-01-31T23:59:59Z"),
                Arguments.of("2027-01-31T23:59:59.5-05:30", "2027-01-31T23:59:59.5-05:30"));
    }

    @Test
    void whatTheServiceAddsIsIgnoredAndNewStatesAreKept() {
        byte[] job = "{\"id\":1,\"status\":\"PAUSED\",\"colour\":{\"deep\":[1]}}".getBytes(StandardCharsets.UTF_8);
        Job decoded = codec.decode(job, Job.class);
        assertEquals(new JobStatus("PAUSED"), decoded.status());
        assertFalse(decoded.status().ended());
    }

    @Test
    void notificationAboutADomainIsReadWithoutItsData() {
        byte[] poll = """
                {"stid":"s","status":{"code":"S0905","type":"SUCCESS"},"object":{"type":"message","value":"7","summary":3},
                 "data":[{"id":7,"job":{"id":8,"status":"SUCCESS","action":"create","type":"domain"},
                          "object":{"type":"Domain","value":"example.com","data":{"id":"no number","expire":17}}}]}
                """.getBytes(StandardCharsets.UTF_8);
        Response<PollMessage> decoded = codec.decodeResponse(poll, PollMessage.class);
        assertEquals(StatusType.SUCCESS, decoded.status().type());
        assertEquals("example.com", decoded.data().get(0).object().value());
        assertNull(decoded.data().get(0).object().data());
    }

    private JsonNode tree(Object value) {
        return PLAIN.readTree(codec.encode(value));
    }

    private static byte[] example(String name) throws IOException {
        try (InputStream in = ProcessPageExamplesTest.class.getResourceAsStream(name + ".json")) {
            return in.readAllBytes();
        }
    }
}
