package io.jenkins.plugins.sslmanager.engine.rotation;

import static io.jenkins.plugins.sslmanager.engine.rotation.FaultyConnection.ALL_ABOUT_JOBS;
import static io.jenkins.plugins.sslmanager.engine.rotation.FaultyConnection.refused;
import static io.jenkins.plugins.sslmanager.engine.rotation.RotationFixture.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationOutcome.Kind;
import io.jenkins.plugins.sslmanager.engine.sandbox.Behaviour;
import org.junit.jupiter.api.Test;

/** A certificate that has another number after its re-issue is found, whoever tells the number or does not. */
class NewCertificateNumberTest extends RotationOverBothProtocols {

    @Test
    void aNewNumberOfTheCertificateIsFollowed() {
        long id = fixture.certificate(Behaviour.NEW_ID.demoName());
        RunOfJob first = fixture.rotate(id, run("release", 1));

        RotationOutcome outcome = first.toTheEnd();

        assertEquals(id + 1, outcome.certificate().data().id());
        assertEquals(id + 1, fixture.endedOrder().certificateIdNow());
    }

    @Test
    void aNewNumberThatTheNotificationDoesNotTellIsAskedOfTheJob() {
        long id = fixture.certificate(Behaviour.NEW_ID.demoName());
        connection.treat(Task.POLL_INFO, FaultyConnection.notificationsWithoutCertificate());

        RotationOutcome outcome = fixture.rotate(id, run("release", 1)).toTheEnd();

        assertEquals(id + 1, outcome.certificate().data().id());
    }

    @Test
    void anOutageWhileTheJobIsAskedForANewNumberIsSatOut() {
        long id = fixture.certificate(Behaviour.NEW_ID.demoName());
        connection.treat(Task.POLL_INFO, FaultyConnection.notificationsWithoutCertificate());
        connection.treat(Task.JOB_HISTORY_INFO, FaultyConnection.first(3, refused(503)));

        assertEquals(
                Kind.ROTATED, fixture.rotate(id, run("release", 1)).toTheEnd().kind());
    }

    @Test
    void aNewNumberThatNobodyTellsIsFoundAmongTheCertificatesOfTheName() {
        long id = fixture.certificate(Behaviour.NEW_ID.demoName());
        hideNewNumber();

        RotationOutcome outcome = fixture.rotate(id, run("release", 1)).toTheEnd();

        assertEquals(id + 1, outcome.certificate().data().id());
        assertEquals(id + 1, fixture.endedOrder().certificateIdNow());
    }

    @Test
    void anotherCertificateOfTheNameIsNotTakenForTheOrderedOne() {
        long id = fixture.certificate(Behaviour.NEW_ID.demoName());
        fixture.certificate(Behaviour.NEW_ID.demoName());
        hideNewNumber();

        RotationOutcome outcome = fixture.rotate(id, run("release", 1)).toTheEnd();

        assertEquals(id + 2, outcome.certificate().data().id());
    }

    @Test
    void anOutageWhileCertificatesAreListedIsSatOut() {
        long id = fixture.certificate(Behaviour.NEW_ID.demoName());
        hideNewNumber();
        connection.treat(Task.CERTIFICATE_SEARCH, FaultyConnection.first(1, refused(503)));

        assertEquals(
                Kind.ROTATED, fixture.rotate(id, run("release", 1)).toTheEnd().kind());
    }

    @Test
    void aNewNumberThatNobodyTellsNorListsLeavesOrderAndKeyAndIsTold() {
        long id = fixture.certificate(Behaviour.NEW_ID.demoName());
        hideNewNumber();
        connection.treat(Task.CERTIFICATE_SEARCH, refused(403));
        RunOfJob run = fixture.rotate(id, run("release", 1));

        ReissueException failure = assertThrows(ReissueException.class, run::toTheEnd);

        assertEquals(ReissueException.Kind.UNCLEAR, failure.kind());
        assertTrue(fixture.openOrder().hasKey());
        connection.treatNothing();
        assertEquals(
                Kind.ROTATED, fixture.rotate(id, run("release", 2)).toTheEnd().kind());
    }

    private void hideNewNumber() {
        connection.treat(ALL_ABOUT_JOBS, FaultyConnection.jobs(JobRows::withoutCertificate));
        connection.treat(Task.POLL_INFO, FaultyConnection.silence());
    }

    @Test
    void aNumberThatTheJobTellsAndNobodyKnowsIsAHintAndNoMore() {
        long id = fixture.certificate(Behaviour.NO_NOTIFICATION.demoName());
        connection.treat(ALL_ABOUT_JOBS, FaultyConnection.jobs(job -> JobRows.withCertificateId(job, 4711L)));

        assertEquals(
                Kind.ROTATED, fixture.rotate(id, run("release", 1)).toTheEnd().kind());
    }
}
