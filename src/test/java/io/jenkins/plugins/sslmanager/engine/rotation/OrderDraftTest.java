package io.jenkins.plugins.sslmanager.engine.rotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.CertAuthentication;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import io.jenkins.plugins.sslmanager.engine.api.SslContact;
import io.jenkins.plugins.sslmanager.engine.api.SubjectAlternativeName;
import io.jenkins.plugins.sslmanager.engine.api.TimePeriod;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import io.jenkins.plugins.sslmanager.engine.json.JsonCodec;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class OrderDraftTest {

    private static final String NAME = "shop.example.com";

    private final JsonCodec codec = new JsonCodec();
    private final Sandbox sandbox = Sandbox.builder().build();
    private final Certificate existing =
            sandbox.certificate(sandbox.addCertificate(NAME, AuthMethod.DNS, "www." + NAME));
    private final CertificateSigningRequest csr = ReissueFixture.csr(NAME);

    @Test
    void itTakesOverWhatTheServiceWantsToSeeAgain() {
        CertificateOrder order =
                OrderDraft.of(existing, csr, record("shop.example.com. 300 IN TXT \"new\""), OrderChanges.NONE);

        assertEquals(SslContact.reference(existing.adminContact().id()), order.adminContact());
        assertEquals(SslContact.reference(existing.technicalContact().id()), order.technicalContact());
        assertEquals(existing.lifetime(), order.lifetime());
        assertEquals(existing.software(), order.software());
        assertEquals(existing.product(), order.product());
        assertEquals(existing.subjectAlternativeNames(), order.subjectAlternativeNames());
        assertEquals(csr.toPem(), order.csr());
        assertEquals(AuthMethod.DNS, order.authentication().method());
        assertEquals(
                "shop.example.com. 300 IN TXT \"new\"", order.authentication().dns());
        assertEquals(true, order.authentication().provisioning());
        assertNull(order.authentication().approverEmails());
    }

    @Test
    void itHasWhatIsGivenInsteadAndTheNamesThatTheCsrAdds() {
        CertificateSigningRequest wider = CertificateSigningRequest.create(
                KeyAlgorithm.EC_P256.generate(), NAME, List.of("www." + NAME, "new.example.com"));
        CertificateOrder order =
                OrderDraft.of(existing, wider, record("x"), new OrderChanges(7L, 8L, "NGINX", "SSL123", 6L, null));

        assertEquals(SslContact.reference(7), order.adminContact());
        assertEquals(SslContact.reference(8), order.technicalContact());
        assertEquals("NGINX", order.software());
        assertEquals("SSL123", order.product());
        assertEquals(new TimePeriod("MONTH", 6L), order.lifetime());
        assertEquals(
                List.of("www." + NAME, "new.example.com"),
                order.subjectAlternativeNames().stream()
                        .map(SubjectAlternativeName::name)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "adminContact, adminContact.id",
        "technicalContact, technicalContact.id",
        "lifetime, lifetime",
        "software, software",
        "product, product",
        "authentication, authentication"
    })
    void aCertificateThatLacksWhatAnOrderNeedsIsRefusedByItsField(String without, String field) {
        Certificate incomplete = without(existing, without);

        ReissueException refusal = assertThrows(
                ReissueException.class, () -> OrderDraft.of(incomplete, csr, record("any"), OrderChanges.NONE));

        assertEquals(
                "Certificate " + existing.id() + " has no " + field
                        + " at the service, which a re-issue must give again."
                        + " Complete the certificate in the SSL Manager",
                refusal.getMessage());
    }

    @Test
    void aMethodThatIsNotOfferedIsToldWithThoseThatAre() {
        CertificateData prepared = codec.decode(
                "{\"authentication\":[{\"method\":\"EMAIL\"},{\"method\":\"FILE\"}]}".getBytes(StandardCharsets.UTF_8),
                CertificateData.class);

        ReissueException refusal =
                assertThrows(ReissueException.class, () -> ProofOfControl.offered(existing, prepared));

        assertEquals(
                "Certificate " + existing.id()
                        + " (shop.example.com) is validated by DNS, which a re-issue cannot change, but"
                        + " for this CSR the service offers [EMAIL, FILE]. Change the certificate's validation method in the SSL"
                        + " Manager, or order it anew",
                refusal.getMessage());
    }

    @Test
    void aCertificateWithoutPemHasNotBeenIssued() {
        ReissueException refusal =
                assertThrows(ReissueException.class, () -> IssuedCertificate.of(without(existing, "server")));

        assertEquals(
                "Certificate " + existing.id()
                        + " (shop.example.com) has not been issued yet: the service gives no PEM for it."
                        + " Wait for its job first",
                refusal.getMessage());
    }

    @Test
    void whatIsIssuedIsPutInOrderFromLeafToRoot() {
        IssuedCertificate issued = IssuedCertificate.of(existing);

        assertEquals(1, issued.chain().intermediates().size());
        assertEquals(
                issued.chain().root().orElseThrow().getSubjectX500Principal(),
                issued.chain().intermediates().get(0).getIssuerX500Principal());
        assertEquals(
                List.of(NAME, "www." + NAME),
                Certificates.dnsNames(issued.chain().leaf()));
    }

    /** As it would be if the service left out one of its fields. */
    private Certificate without(Certificate certificate, String field) {
        ObjectNode json = (ObjectNode) JsonMapper.shared().readTree(codec.encode(certificate));
        json.remove(field);
        return codec.decode(json.toString().getBytes(StandardCharsets.UTF_8), Certificate.class);
    }

    private static CertAuthentication record(String dns) {
        return CertAuthentication.proof(dns, null, null);
    }
}
