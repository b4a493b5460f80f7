package io.jenkins.plugins.sslmanager.engine.rotation;

import static io.jenkins.plugins.sslmanager.engine.rotation.RotationFixture.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.FieldCase;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.SubjectAlternativeName;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.pki.PkiException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is ordered is what is in use: a new certificate has every name that the old one had. */
class OrderedNamesTest extends RotationOverBothProtocols {

    private static final String NAME = "ordinary.example.com";
    private static final String WWW = "www." + NAME;

    @Test
    void aCsrOfTheCommonNameAloneIsOrderedWithAllNamesOfTheCertificate() {
        long id = fixture.certificate(NAME);

        rotateWith(id, FieldCase.text("common-name-only.csr"));

        assertEquals(Set.of(NAME, WWW), namesOf(id));
    }

    @Test
    void aNewCertificateThatLacksANameOfTheOldOneIsRefusedThoughTheCsrLacksItToo() {
        String name = "missing-name.example.com";
        long id = fixture.certificate(name);
        String csr = csr(name).toPem();

        PkiException refusal = assertThrows(PkiException.class, () -> rotateWith(id, csr));

        assertTrue(refusal.getMessage().contains("it lacks [www." + name + "]"), refusal::getMessage);
        assertEquals(Stage.ORDERED, fixture.openOrder().stage());
    }

    @Test
    void aNameThatTheServiceDoesNotListIsOrderedSinceTheLeafHasIt() {
        long id = fixture.certificate(NAME);
        theServiceLists(name -> false);

        rotate(id, null, null);

        assertEquals(Set.of(NAME, WWW), namesOf(id));
        assertEquals(1, fixture.told("The service does not list [" + WWW + "]"));
    }

    @Test
    void aNewNameIsOrderedBesideTheOthersAndToldSinceItMayBeBilled() {
        long id = fixture.certificate(NAME);

        rotate(id, "shop.example.com", null);

        assertEquals(Set.of(NAME, WWW, "shop.example.com"), namesOf(id));
        assertEquals(1, fixture.told("Adds [shop.example.com] to the certificate. Further names can be billed"));
    }

    @Test
    void aNameIsLeftOutOnlyIfTheRunSaysSo() {
        long id = fixture.certificate(NAME);

        rotate(id, null, "WWW.ordinary.example.com.");

        assertEquals(Set.of(NAME), namesOf(id));
        assertEquals(1, fixture.told("Leaves out [" + WWW + "]"));
    }

    @Test
    void theCertificatesOwnNameCannotBeLeftOut() {
        long id = fixture.certificate(NAME);

        ReissueException refusal = assertThrows(ReissueException.class, () -> rotate(id, null, NAME));

        assertTrue(refusal.getMessage().contains("'removeNames' leaves out [" + NAME + "]"), refusal::getMessage);
        assertEquals(0, fixture.sandbox.orders(NAME));
    }

    @Test
    void aCsrWithANameThatIsToBeLeftOutIsRefused() {
        long id = fixture.certificate(NAME);
        CertificateSigningRequest csr =
                CertificateSigningRequest.create(KeyAlgorithm.EC_P256.generate(), NAME, List.of(WWW));

        ReissueException refusal =
                assertThrows(ReissueException.class, () -> rotate(id, settings -> brought(settings, csr, WWW)));

        assertTrue(refusal.getMessage().contains("leaves out [" + WWW + "], which the CSR has"), refusal::getMessage);
        assertEquals(0, fixture.sandbox.orders(NAME));
    }

    @Test
    void aNameThatTheServiceGivesInUnicodeIsReissued() {
        long id = fixture.sandbox.addCertificate("Bücher.example", AuthMethod.DNS, "www.bücher.example");
        fixture.pass(RotationFixture.UNTIL_DUE);

        rotate(id, null, null);

        assertEquals(Set.of("xn--bcher-kva.example", "www.xn--bcher-kva.example"), namesOf(id));
    }

    /** IDNA 2003 would order the name of somebody else, fass.example.com. */
    @Test
    void aNameThatIsTwoNamesIsRefusedBeforeTheOrder() {
        long id = fixture.certificate(NAME);

        ReissueException refusal = assertThrows(ReissueException.class, () -> rotate(id, "faß.example.com", null));

        assertTrue(refusal.getMessage().contains("'faß.example.com' has a character"), refusal::getMessage);
        assertEquals(0, fixture.sandbox.orders(NAME));
    }

    @Test
    void aNameOf78CharactersIsReissuedAsAlternativeNameWithoutCommonName() {
        String name = "a".repeat(61) + ".shop.example.com";
        long id = fixture.certificate(name);

        rotate(id, null, null);

        assertEquals(78, name.length());
        assertEquals(Set.of(name, "www." + name), namesOf(id));
        CertificateSigningRequest csr =
                CertificateSigningRequest.parse(fixture.sandbox.certificate(id).csr());
        assertNull(csr.commonName());
    }

    @Test
    void trailingDotsOfACsrAreNotOrdered() {
        CertificateSigningRequest csr = CertificateSigningRequest.parse(FieldCase.text("trailing-dots.csr"));
        long id = fixture.sandbox.addCertificate(csr.dnsNames().get(0), AuthMethod.DNS);
        fixture.pass(RotationFixture.UNTIL_DUE);

        rotateWith(id, csr.toPem());

        assertEquals(Set.copyOf(csr.dnsNames()), namesOf(id));
        assertTrue(ordered(id).stream().noneMatch(name -> name.endsWith(".")), ordered(id)::toString);
    }

    @Test
    void addressesMailsAndUrisOfACsrAreToldNotToBeOrdered() {
        CertificateSigningRequest csr = CertificateSigningRequest.parse(FieldCase.text("ip-email-uri-names.csr"));
        long id = fixture.sandbox.addCertificate(csr.dnsNames().get(0), AuthMethod.DNS);
        fixture.pass(RotationFixture.UNTIL_DUE);

        rotateWith(id, csr.toPem());

        assertEquals(Set.copyOf(csr.dnsNames()), namesOf(id));
        assertEquals(1, fixture.told("The CSR also has " + String.join(", ", csr.otherNames())));
    }

    @Test
    void aCsrInUtf16IsOrdered() {
        rotateAsBefore("utf-16.csr");
    }

    @Test
    void aCsrWithNoBreakSpacesIsOrdered() {
        rotateAsBefore("no-break-spaces.csr");
    }

    /** As files are read: byte by byte. */
    private void rotateAsBefore(String file) {
        String text = new String(FieldCase.bytes(file), StandardCharsets.ISO_8859_1);
        String name = CertificateSigningRequest.parse(text).dnsNames().get(0);
        long id = fixture.certificate(name);

        rotateWith(id, text);

        assertTrue(namesOf(id).containsAll(Set.of(name, "www." + name)));
    }

    private void theServiceLists(Predicate<String> listed) {
        fixture.connection.treat(
                Task.CERTIFICATE_INFO, FaultyConnection.certificate(certificate -> Listed.only(certificate, listed)));
    }

    private void rotateWith(long id, String csr) {
        rotate(id, settings -> RotationFixture.with(settings, CertificateSigningRequest.parse(csr)));
    }

    private void rotate(long id, String names, String removed) {
        rotate(
                id,
                settings -> RotationFixture.with(
                        settings,
                        new NewKey("EC_P256", null, names, null),
                        new OrderChanges(null, null, null, null, null, removed)));
    }

    private void rotate(long id, UnaryOperator<RotationSettings> settings) {
        fixture.rotate(id, run("release", 1), settings).toTheEnd();
    }

    private static RotationSettings brought(RotationSettings settings, CertificateSigningRequest csr, String removed) {
        return new RotationSettings(
                settings.dueRule(),
                false,
                AtTermEnd.TELL,
                false,
                false,
                settings.newKey(),
                csr,
                new OrderChanges(null, null, null, null, null, removed),
                settings.deadline());
    }

    private static CertificateSigningRequest csr(String name) {
        return CertificateSigningRequest.create(KeyAlgorithm.EC_P256.generate(), name, List.of());
    }

    private Set<String> namesOf(long id) {
        return new TreeSet<>(Certificates.dnsNames(
                IssuedCertificate.of(fixture.sandbox.certificate(id)).chain().leaf()));
    }

    private List<String> ordered(long id) {
        Certificate certificate = fixture.sandbox.certificate(id);
        return certificate.subjectAlternativeNames().stream()
                .map(SubjectAlternativeName::name)
                .toList();
    }
}
