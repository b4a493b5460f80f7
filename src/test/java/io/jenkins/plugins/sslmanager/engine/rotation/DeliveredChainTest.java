package io.jenkins.plugins.sslmanager.engine.rotation;

import static io.jenkins.plugins.sslmanager.engine.rotation.RotationFixture.run;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateChain;
import io.jenkins.plugins.sslmanager.engine.pki.ChainLength;
import io.jenkins.plugins.sslmanager.engine.pki.TestCa;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationOutcome.Kind;
import io.jenkins.plugins.sslmanager.engine.sandbox.Behaviour;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxCa;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chain that is delivered, whatever the service tells of authorities. */
class DeliveredChainTest extends RotationOverBothProtocols {

    private static final X509Certificate INTERMEDIATE = SandboxCa.shared().intermediate();
    private static final X509Certificate ROOT = SandboxCa.shared().root();

    private IssuedCertificate deliveredWith(X509Certificate... authorities) {
        fixture.connection.treat(
                Task.CERTIFICATE_INFO,
                FaultyConnection.certificate(certificate -> Listed.withAuthorities(certificate, List.of(authorities))));
        return delivered(fixture.certificate(NAME));
    }

    private IssuedCertificate delivered(long id) {
        RunOfJob run = fixture.rotate(id, run("release", 1));
        assertEquals(Kind.ROTATED, run.toTheEnd().kind());
        return run.delivered().get(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theServiceMayPutTheWholeChainIntoTheFieldServer(boolean leafLast) {
        fixture.connection.treat(
                Task.CERTIFICATE_INFO,
                FaultyConnection.certificate(certificate -> Listed.allInServer(certificate, leafLast)));
        long id = fixture.certificate(NAME);

        CertificateChain delivered = delivered(id).chain();

        CertificateChain usual =
                IssuedCertificate.of(fixture.sandbox.certificate(id)).chain();
        assertEquals(usual.leaf(), delivered.leaf());
        assertEquals(usual.intermediates(), delivered.intermediates());
        assertEquals(usual.root(), delivered.root());
    }

    @Test
    void ofTwoValidPathsTheLongerIsDeliveredAndTheShorterWhereItIsAskedFor() {
        IssuedCertificate delivered = delivered(fixture.certificate(Behaviour.CROSS_SIGNED.demoName()));
        CertificateChain shorter =
                delivered.withChain(ChainLength.SHORTEST, fixture.now()).chain();

        assertEquals(
                List.of(INTERMEDIATE, SandboxCa.crossSignedRoot()),
                delivered.chain().intermediates());
        assertEquals(Optional.of(SandboxCa.olderRoot()), delivered.chain().root());
        assertEquals(List.of(INTERMEDIATE), shorter.intermediates());
        assertEquals(Optional.of(ROOT), shorter.root());
    }

    @ParameterizedTest
    @EnumSource
    void aValidPathWinsOverALongerOneWithAnExpiredCertificate(ChainLength length) {
        TestCa older = TestCa.root("Older root");
        X509Certificate expired = older.crossSign(ROOT, fixture.now());

        CertificateChain delivered = deliveredWith(expired, older.certificate(), ROOT, INTERMEDIATE)
                .withChain(length, fixture.now())
                .chain();

        assertEquals(List.of(INTERMEDIATE), delivered.intermediates());
        assertEquals(Optional.of(ROOT), delivered.root());
    }

    @Test
    void anExpiredRootIsLeftOutWhereTheCrossSignedOneIsAll() {
        TestCa expired = TestCa.root("Expired root", fixture.now());
        X509Certificate crossSigned = expired.crossSign(ROOT, fixture.now().plus(Duration.ofDays(365)));

        CertificateChain delivered =
                deliveredWith(expired.certificate(), crossSigned, INTERMEDIATE).chain();

        assertEquals(List.of(INTERMEDIATE, crossSigned), delivered.intermediates());
        assertEquals(Optional.empty(), delivered.root());
    }
}
