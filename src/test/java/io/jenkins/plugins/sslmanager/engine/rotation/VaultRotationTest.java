package io.jenkins.plugins.sslmanager.engine.rotation;

import static io.jenkins.plugins.sslmanager.engine.rotation.RotationFixture.SYSTEM;
import static io.jenkins.plugins.sslmanager.engine.rotation.RotationFixture.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationOutcome.Kind;
import io.jenkins.plugins.sslmanager.engine.sandbox.Behaviour;
import io.jenkins.plugins.sslmanager.engine.vault.VaultEntry;
import io.jenkins.plugins.sslmanager.engine.vault.VaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is delivered is kept, and fills empty targets. Nothing is ordered merely because a target is empty. */
class VaultRotationTest extends RotationOverBothProtocols {

    private long id;
    private int builds;

    @BeforeEach
    void addCertificate() {
        id = fixture.certificate(NAME);
    }

    /** A build at a time when the certificate is due. */
    private RunOfJob due(String job) {
        return fixture.rotate(id, run(job, ++builds));
    }

    /** A build at a time when it is not. */
    private RunOfJob notDue(String job) {
        return notDue(job, id);
    }

    private RunOfJob notDue(String job, long certificate) {
        return fixture.rotate(certificate, run(job, ++builds), any -> fixture.settings(DueRule.parse("1%")));
    }

    private RunOfJob forced(String job) {
        return fixture.rotate(id, run(job, ++builds), RotationFixture::forced);
    }

    private VaultEntry kept(String job) {
        return fixture.vault().find(new CertificateId(SYSTEM, id), job).orElseThrow();
    }

    @Test
    void whatIsOrderedIsInTheVaultBeforeItIsHandedOver() {
        RunOfJob first = due("release");
        List<VaultEntry> then = new ArrayList<>();
        first.afterDelivery(() -> then.add(kept("release")));

        first.toTheEnd();

        assertTrue(then.get(0).newest().isOf(first.delivered().get(0).chain().leaf()));
        assertEquals(first.keys().get(0), fixture.vault().key(kept("release")));
    }

    @Test
    void aCrashBetweenVaultAndDeliveryLosesNothingAndKeepsNothingTwice() {
        RunOfJob first = due("release");
        first.afterKeeping(() -> {
            throw new IllegalStateException("killed");
        });
        assertThrows(IllegalStateException.class, first::toTheEnd);
        fixture.kill(first);

        RunOfJob next = due("release");

        assertEquals(Kind.ROTATED, next.toTheEnd().kind());
        assertEquals(1, next.delivered().size());
        assertEquals(1, kept("release").versions().size());
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    @Test
    void anEmptyTargetIsFilledWithoutAnOrder() {
        RunOfJob first = due("release");
        first.toTheEnd();
        fixture.restart();

        RunOfJob next = notDue("release").storeAs("shop");

        assertEquals(Kind.NOT_DUE, next.toTheEnd().kind());
        assertEquals(List.of(first.delivered().get(0).chain().leaf()), next.filled());
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    @Test
    void aCertificateThatWasReissuedElsewhereIsToldAndTheOneBeforeIsStillProvided() {
        RunOfJob first = due("release");
        first.toTheEnd();
        reissueElsewhere();

        RunOfJob next = notDue("release").storeAs("shop");

        assertEquals(Kind.REISSUED_ELSEWHERE, next.toTheEnd().kind());
        assertEquals(List.of(first.delivered().get(0).chain().leaf()), next.filled());
        assertEquals(1, fixture.told("was re-issued elsewhere on "));
        assertEquals(2, fixture.sandbox.orders(NAME));
    }

    private void reissueElsewhere() {
        Reissues.bySomebodyElse(fixture, id);
        fixture.pass(Duration.ofHours(1));
    }

    @Test
    void itIsOrderedAgainByForceOrWhenItIsDue() {
        due("release").toTheEnd();
        reissueElsewhere();

        assertEquals(Kind.ROTATED, forced("release").toTheEnd().kind());

        reissueElsewhere();
        fixture.pass(RotationFixture.UNTIL_DUE);
        assertEquals(Kind.ROTATED, due("release").toTheEnd().kind());
        assertEquals(Kind.NOT_DUE, notDue("release").toTheEnd().kind());
    }

    @Test
    void aCredentialOfWhichTheVaultHasNeverHadTheCertificateIsOrderedOnce() {
        assertEquals(Kind.ROTATED, notDue("release").storeAs("shop").toTheEnd().kind());

        assertEquals(Kind.NOT_DUE, notDue("release").storeAs("shop").toTheEnd().kind());
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    @Test
    void ifNothingComesOfThatOrderItIsNotRepeatedEachNight() {
        long failing = fixture.certificate(Behaviour.JOB_FAILED.demoName());
        RunOfJob first = notDue("release", failing).storeAs("shop");
        assertThrows(ReissueException.class, first::toTheEnd);
        fixture.restart();

        assertEquals(
                Kind.KEY_NOT_HERE,
                notDue("release", failing).storeAs("shop").toTheEnd().kind());
        assertEquals(1, fixture.sandbox.orders(Behaviour.JOB_FAILED.demoName()));
    }

    @Test
    void filesAloneAreNoReasonToOrder() {
        assertEquals(Kind.NOT_DUE, notDue("release").toTheEnd().kind());
        assertEquals(0, fixture.sandbox.orders(NAME));
    }

    @Test
    void twoJobsOnOneCertificateDoNotOrderInTurns() {
        notDue("release").storeAs("shop").toTheEnd();

        for (int night = 0; night < 3; night++) {
            assertEquals(
                    Kind.KEY_NOT_HERE,
                    notDue("other").storeAs("shop").toTheEnd().kind());
            assertEquals(
                    Kind.NOT_DUE, notDue("release").storeAs("shop").toTheEnd().kind());
        }
        assertEquals(1, fixture.sandbox.orders(NAME));
    }

    @Test
    void twoJobsThatBothHaveItDoNotOrderInTurnsEither() {
        forced("release").toTheEnd();
        forced("other").toTheEnd();

        for (int cycle = 0; cycle < 3; cycle++) {
            fixture.pass(RotationFixture.UNTIL_DUE);
            assertEquals(Kind.ROTATED, due("release").toTheEnd().kind());
            fixture.pass(Duration.ofHours(1));
            assertEquals(Kind.REISSUED_ELSEWHERE, due("other").toTheEnd().kind());
            assertEquals(Kind.NOT_DUE, due("release").toTheEnd().kind());
        }
        assertEquals(5, fixture.sandbox.orders(NAME));
    }

    @Test
    void aJobThatIsShownTheEntryOfAnotherIsFilledFromIt() {
        RunOfJob first = notDue("release").storeAs("shop");
        first.toTheEnd();

        RunOfJob other = notDue("other").storeAs("shop").seesAll();

        assertEquals(Kind.NOT_DUE, other.toTheEnd().kind());
        assertEquals(List.of(first.delivered().get(0).chain().leaf()), other.filled());
    }

    @Test
    void aControllerThatHasLostItsVaultOrdersNothingUntilAnAdministratorConfirms() {
        List<Long> certificates = new ArrayList<>();
        for (int each = 0; each < 11; each++) {
            long certificate = fixture.sandbox.addCertificate(each + ".example.net", AuthMethod.DNS);
            certificates.add(certificate);
            fixture.wanted().add(new CertificateId(SYSTEM, certificate), each + ".example.net", "release");
        }
        for (long certificate : certificates) {
            assertEquals(
                    Kind.KEY_NOT_HERE,
                    notDue("release", certificate).storeAs("shop").toTheEnd().kind());
        }

        fixture.wanted().confirm();

        assertEquals(
                Kind.ROTATED,
                notDue("release", certificates.get(10))
                        .storeAs("shop")
                        .toTheEnd()
                        .kind());
    }

    private List<Long> rotated(int count) {
        List<Long> certificates = new ArrayList<>();
        for (int each = 0; each < count; each++) {
            long certificate = fixture.certificate(each + ".example.net");
            fixture.rotate(certificate, run("release", ++builds))
                    .storeAs("shop")
                    .toTheEnd();
            certificates.add(certificate);
        }
        return certificates;
    }

    private List<Kind> builds(List<Long> certificates, String due) {
        return certificates.stream()
                .map(each -> fixture.rotate(each, run("release", ++builds), any -> fixture.settings(DueRule.parse(due)))
                        .storeAs("shop")
                        .toTheEnd()
                        .kind())
                .toList();
    }

    private int orders(int count) {
        int orders = 0;
        for (int each = 0; each < count; each++) {
            orders += fixture.sandbox.orders(each + ".example.net");
        }
        return orders;
    }

    @Test
    void ifBuildsComeOneAfterTheOtherTheFirstAreNotOrderedBeforeTheLastIsKnown() throws IOException {
        List<Long> certificates = rotated(11);
        try (var files = Files.list(folder.resolve("orders/vault"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        fixture.restart();

        for (int night = 0; night < 3; night++) {
            assertEquals(Collections.nCopies(11, Kind.KEY_NOT_HERE), builds(certificates, "1%"));
            fixture.pass(Duration.ofDays(20));
        }
        assertEquals(11, orders(11));

        fixture.wanted().confirm();
        assertEquals(Collections.nCopies(11, Kind.ROTATED), builds(certificates, "1%"));
        assertEquals(Collections.nCopies(11, Kind.NOT_DUE), builds(certificates, "1%"));
    }

    @ParameterizedTest
    @CsvSource({"10, ROTATED", "11, REISSUED_ELSEWHERE"})
    void whatIsOldAndDueInAnOldBackupIsOrderedIfItIsLittle(int count, Kind expected) {
        List<Long> certificates = rotated(count);
        fixture.pass(RotationFixture.UNTIL_DUE);
        certificates.forEach(each -> Reissues.bySomebodyElse(fixture, each));
        fixture.pass(Duration.ofHours(1));

        assertEquals(Collections.nCopies(count, expected), builds(certificates, "99%"));
    }

    @Test
    void anAdministratorHasThemOrdered() {
        List<Long> certificates = rotated(11);
        fixture.pass(RotationFixture.UNTIL_DUE);
        certificates.forEach(each -> Reissues.bySomebodyElse(fixture, each));
        fixture.pass(Duration.ofHours(1));
        builds(certificates, "99%");
        assertEquals(22, orders(11));
        assertEquals(11, fixture.wanted().heldBack().size());

        fixture.wanted().confirm();

        assertEquals(Collections.nCopies(11, Kind.ROTATED), builds(certificates, "99%"));
        assertEquals(33, orders(11));
    }

    @Test
    void aControllerRestoredFromAnOldBackupOrdersNothing() {
        due("release").storeAs("shop").toTheEnd();
        // What has happened since the backup.
        reissueElsewhere();

        for (int night = 0; night < 3; night++) {
            assertEquals(
                    Kind.REISSUED_ELSEWHERE,
                    notDue("release").storeAs("shop").toTheEnd().kind());
        }
        assertEquals(2, fixture.sandbox.orders(NAME));
    }

    @Test
    void aDamagedEntryIsNeverTakenForNone() throws IOException {
        due("release").toTheEnd();
        try (var files = Files.list(folder.resolve("orders/vault"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.writeString(file, "{");
            }
        }
        fixture.restart();

        VaultException failure =
                assertThrows(VaultException.class, notDue("release").storeAs("shop")::toTheEnd);

        assertTrue(failure.getMessage().contains("is damaged"), failure.getMessage());
        assertEquals(1, fixture.sandbox.orders(NAME));
    }
}
