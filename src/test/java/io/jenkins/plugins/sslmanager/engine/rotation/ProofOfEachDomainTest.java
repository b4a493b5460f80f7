package io.jenkins.plugins.sslmanager.engine.rotation;

import static io.jenkins.plugins.sslmanager.engine.rotation.RotationFixture.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.CertAuthentication;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationOutcome.Kind;
import io.jenkins.plugins.sslmanager.engine.sandbox.ProofShape;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each domain of a certificate has a proof of its own, in whichever shape the service tells them. */
@ParameterizedClass(name = "{0}")
@EnumSource(Protocol.class)
class ProofOfEachDomainTest {

    private static final String NAME = "shop.example.com";
    private static final String[] OTHERS = {"www." + NAME, "shop.example.org", "shop.example.net"};

    @Parameter
    private Protocol protocol;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(ProofShape.class)
    void anOrderCarriesTheProofOfEachDomain(ProofShape shape) {
        RotationFixture fixture = fixture(shape);
        long id = certificate(fixture, AuthMethod.DNS);

        RotationOutcome outcome = fixture.rotate(id, run("release", 1)).toTheEnd();

        assertEquals(Kind.ROTATED, outcome.kind());
        List<CertAuthentication> proofs = ProofOfControl.each(outcome.order().proof());
        assertEquals(
                List.of(NAME, "shop.example.org", "shop.example.net"),
                proofs.stream().map(CertAuthentication::name).toList());
        assertEquals(3, proofs.stream().map(CertAuthentication::dns).distinct().count());
        assertEquals(
                List.of(true, false, false),
                proofs.stream().map(CertAuthentication::provisioning).toList());
    }

    @ParameterizedTest
    @CsvSource({"DOMAINS, FILE", "ENTRIES, FILE", "DOMAINS, EMAIL", "ENTRIES, EMAIL"})
    void soDoesOneByFileAndOneByMail(ProofShape shape, String method) {
        RotationFixture fixture = fixture(shape);
        long id = certificate(fixture, new AuthMethod(method));

        assertEquals(
                Kind.ROTATED, fixture.rotate(id, run("release", 1)).toTheEnd().kind());
    }

    @ParameterizedTest
    @EnumSource(ProofShape.class)
    void theSandboxRefusesAnOrderWithTheFirstProofAlone(ProofShape shape) {
        RotationFixture fixture = fixture(shape);
        long id = certificate(fixture, AuthMethod.DNS);
        fixture.connection.treat(
                Task.PREPARE_ORDER,
                (task, service) -> service.get()
                        .thenApply(CertificateData.class::cast)
                        .thenApply(ProofOfEachDomainTest::firstAlone));

        assertThrows(
                RuntimeException.class,
                () -> fixture.rotate(id, run("release", 1)).toTheEnd());
        assertEquals(0, fixture.sandbox.orders(NAME));
    }

    private static CertificateData firstAlone(CertificateData prepared) {
        CertAuthentication offer = prepared.authentication().stream()
                .filter(each -> AuthMethod.DNS.equals(each.method()))
                .findFirst()
                .orElseThrow();
        CertAuthentication first = ProofOfControl.each(offer).get(0);
        return withOffers(prepared, List.of(first));
    }

    private static CertificateData withOffers(CertificateData prepared, List<CertAuthentication> offers) {
        return new CertificateData(
                prepared.plain(),
                prepared.name(),
                prepared.subjectAlternativeNames(),
                prepared.keySize(),
                null,
                null,
                null,
                null,
                null,
                null,
                prepared.product(),
                offers,
                prepared.algorithm(),
                prepared.signatureHashAlgorithm(),
                null,
                null,
                null,
                null);
    }

    @ParameterizedTest
    @EnumSource(ProofShape.class)
    void byMailTheLogSaysWhomTheMailsGoToAndThatPeopleAreWaitedFor(ProofShape shape) {
        RotationFixture fixture = fixture(shape);
        long id = certificate(fixture, AuthMethod.EMAIL);

        fixture.rotate(id, run("release", 1)).toTheEnd();

        assertEquals(1, fixture.told("The service sends an e-mail for each name"));
        assertEquals(1, fixture.told("admin@shop.example.net"));
        assertEquals(1, fixture.told("waits until people have approved all of them"));
    }

    @ParameterizedTest
    @EnumSource(ProofShape.class)
    void theLogTellsTheStateOfEachDomainWhenItChanges(ProofShape shape) {
        RotationFixture fixture = fixture(shape);
        long id = certificate(fixture, AuthMethod.DNS);

        fixture.rotate(id, run("release", 1)).toTheEnd();

        assertEquals(
                1, fixture.told(NAME + " IN_PROGRESS, www." + NAME + " IN_PROGRESS, shop.example.org IN_PROGRESS"));
        assertEquals(1, fixture.told(NAME + " COMPLETED, www." + NAME + " IN_PROGRESS, shop.example.org IN_PROGRESS"));
    }

    /** PrepareOrder need not tell the file, and the certificate has that of the last time. */
    @ParameterizedTest
    @EnumSource(ProofShape.class)
    void withoutFileInTheOrderCheckTheCertificatesOwnIsOrderedWith(ProofShape shape) {
        RotationFixture fixture = new RotationFixture(folder, protocol, sandbox -> sandbox.proofShape(shape));
        long id = fixture.certificate(NAME, AuthMethod.FILE);
        offersNoFile(fixture);

        RotationOutcome outcome = fixture.rotate(id, run("release", 1)).toTheEnd();

        assertEquals(
                "http://" + NAME + "/.well-known/pki-validation/fileauth.txt",
                outcome.order().proof().fileName());
    }

    @ParameterizedTest
    @EnumSource(ProofShape.class)
    void withoutAnyFileNothingIsOrdered(ProofShape shape) {
        RotationFixture fixture = fixture(shape);
        long id = certificate(fixture, AuthMethod.FILE);
        offersNoFile(fixture);
        fixture.connection.treat(Task.CERTIFICATE_INFO, FaultyConnection.certificate(Listed::withoutFile));

        ReissueException refusal = assertThrows(
                ReissueException.class,
                () -> fixture.rotate(id, run("release", 1)).toTheEnd());

        assertTrue(refusal.getMessage().contains("neither the order check nor the certificate tells which file"));
        assertEquals(0, fixture.sandbox.orders(NAME));
    }

    private static void offersNoFile(RotationFixture fixture) {
        CertAuthentication bare =
                new CertAuthentication(null, AuthMethod.FILE, null, null, null, null, null, null, null, null);
        fixture.connection.treat(
                Task.PREPARE_ORDER,
                (task, service) -> service.get()
                        .thenApply(CertificateData.class::cast)
                        .thenApply(prepared -> withOffers(prepared, List.of(bare))));
    }

    /** One zone is at InterNetX, and two are not. */
    private RotationFixture fixture(ProofShape shape) {
        return new RotationFixture(
                folder,
                protocol,
                sandbox ->
                        sandbox.proofShape(shape).provesEachDomain(true).zonesElsewhere("example.org", "example.net"));
    }

    private static long certificate(RotationFixture fixture, AuthMethod method) {
        long id = fixture.sandbox.addCertificate(NAME, method, OTHERS);
        fixture.pass(RotationFixture.UNTIL_DUE);
        return id;
    }
}
