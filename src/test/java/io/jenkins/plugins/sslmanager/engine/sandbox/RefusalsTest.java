package io.jenkins.plugins.sslmanager.engine.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.async.VirtualTime;
import io.jenkins.plugins.sslmanager.engine.json.JsonCodec;
import io.jenkins.plugins.sslmanager.engine.sandbox.http.SandboxServer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Map;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class RefusalsTest {

    private final VirtualTime clock = new VirtualTime();
    private final Sandbox sandbox = TestSandbox.in(clock).build();

    @AutoClose
    private final SandboxServer server = SandboxServer.start(sandbox);

    private final Caller caller = new Caller(server);
    private Certificate certificate;

    @BeforeEach
    void start() {
        certificate = sandbox.certificate(sandbox.addCertificate("example.com", AuthMethod.DNS));
    }

    @Test
    void aRefusalIsAnEnvelope() {
        Caller.Answer answer = caller.with(Map.of("X-Domainrobot-Ctid", "c")).get("/certificate/77");

        assertEquals(
                "application/json;charset=UTF-8",
                answer.headers().firstValue("Content-Type").orElseThrow());
        assertEquals(JsonMapper.shared().readTree("""
                        {"ctid": "c",
                         "status": {"code": "E400104", "text": "Errors occurred during processing.", "type": "ERROR"},
                         "messages": [{"code": "EF400104", "text": "The certificate was not found.", "status": "ERROR",
                                       "objects": [{"type": "Certificate", "value": "77"}]}]}"""), answer.json().asObject().without("stid"));
        assertTrue(answer.json().has("stid"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /certificate/4711, EF400104 Certificate",
        "GET, /job/4711, EF300101 Job",
        "GET, /job/history/4711, EF300101 Job",
        "PUT, /poll/4711, EF0906 message"
    })
    void unknownIdsAreNotFound(String method, String path, String refusal) {
        assertEquals("404 " + refusal, caller.send(method, path, new byte[0]).refusal());
    }

    @Test
    void anUnknownCertificateIsNotReissued() {
        assertEquals(
                "404 EF400104 Certificate",
                caller.put("/certificate/4711", Caller.order(certificate, Csrs.of(certificate)))
                        .refusal());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{", "[]", "{\"plain\": {}}"})
    void aBodyMustBeTheTasksJson(String body) {
        assertEquals(
                "400 EF00400 reason",
                caller.send("POST", "/certificate/_prepareOrder", body.getBytes(StandardCharsets.UTF_8))
                        .refusal());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no CSR",
                "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n",
                "----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n"
            })
    void anUnreadableCsrIsRefused(String csr) {
        assertEquals("400 EF400111 reason", prepare(csr));
        assertEquals("400 EF400111 reason", caller.reissue(certificate, csr).refusal());
    }

    @ParameterizedTest
    @CsvSource({"RSA, 1024, SHA256withRSA", "EC, 224, SHA256withECDSA"})
    void smallKeysAreRefused(String algorithm, int bits, String signature) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, new BouncyCastleProvider());
        generator.initialize(bits);

        assertEquals("400 EF400112 bits", prepare(Csrs.of(generator.generateKeyPair(), signature, "CN=example.com")));
    }

    @Test
    void keysOfOtherKindsAreRefused() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519", new BouncyCastleProvider());

        assertEquals("400 EF400111 reason", prepare(Csrs.of(generator.generateKeyPair(), "Ed25519", "CN=example.com")));
    }

    @Test
    void aCsrWithoutAnyNameIsRefused() throws GeneralSecurityException {
        assertEquals("400 EF01000 csr.name", prepare(Csrs.withRsaKey(2048, "O=Company")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "product"})
    void prepareOrderWantsBothFields(String field) {
        ObjectNode request = body(CertificateData.request(Csrs.of("example.com"), "QUICKSSLPREMIUM"));
        request.remove(field);

        assertEquals(
                "400 EF01000 certificateData." + field,
                caller.post("/certificate/_prepareOrder", request).refusal());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "adminContact",
                "technicalContact",
                "name",
                "lifetime",
                "software",
                "csr",
                "product",
                "authentication"
            })
    void aReissueWantsTheDataOfACreate(String field) {
        ObjectNode order = body(Caller.order(certificate, Csrs.of(certificate)));
        order.remove(field);

        assertEquals(
                "400 EF01000 certificate." + field + (field.endsWith("Contact") ? ".id" : ""),
                caller.put("/certificate/" + certificate.id(), order).refusal());
        assertEquals(0, sandbox.orders("example.com"));
    }

    @Test
    void theMethodCannotBeChanged() {
        ObjectNode order = body(Caller.order(certificate, Csrs.of(certificate)));
        order.putObject("authentication").put("method", "EMAIL");

        assertEquals(
                "400 EF400114 authentication.method",
                caller.put("/certificate/" + certificate.id(), order).refusal());
    }

    @Test
    void theNameMustBeTheCertificatesAndTheCsrs() {
        ObjectNode renamed = body(Caller.order(certificate, Csrs.of("example.org", "example.com")));
        renamed.put("name", "example.org");

        assertEquals(
                "400 EF400113 Certificate",
                caller.put("/certificate/" + certificate.id(), renamed).refusal());
        assertEquals(
                "400 EF400113 Certificate",
                caller.reissue(certificate, Csrs.of("example.org")).refusal());
    }

    @Test
    void searchesTakeOnlyWhatTheyUnderstand() {
        assertEquals(
                "400 EF01000 query.view.from/to",
                caller.post("/job/history/_search", Query.jobsOf("example.com")).refusal());
        assertEquals("400 EF01000 query.filters.operator", search(new Query.Filter("object", "%", "LIKE"), "created"));
        assertEquals("400 EF01000 query.filters.key", search(new Query.Filter("parent", "1", "EQUAL"), "created"));
        assertEquals("400 EF01000 query.orders.key", search(new Query.Filter("id", "1", "EQUAL"), "parent"));
    }

    @Test
    void theSandboxProvesControlByThreeMethodsOnly() {
        assertThrows(
                IllegalArgumentException.class, () -> sandbox.addCertificate("org.example.com", new AuthMethod("ORG")));
    }

    private String search(Query.Filter filter, String orderKey) {
        Query query = new Query(List.of(filter), null, List.of(new Query.Order(orderKey, "DESC")));
        return caller.post("/job/_search", query).refusal();
    }

    private String prepare(String csr) {
        return caller.post("/certificate/_prepareOrder", CertificateData.request(csr, "QUICKSSLPREMIUM"))
                .refusal();
    }

    private static ObjectNode body(Object value) {
        return (ObjectNode) JsonMapper.shared().readTree(new JsonCodec().encode(value));
    }
}
