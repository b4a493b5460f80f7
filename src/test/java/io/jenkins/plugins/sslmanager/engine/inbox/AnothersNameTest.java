package io.jenkins.plugins.sslmanager.engine.inbox;

import static io.jenkins.plugins.sslmanager.engine.inbox.InboxFixture.OF_OTHERS;
import static io.jenkins.plugins.sslmanager.engine.inbox.InboxFixture.WRONG_PASSWORD;
import static io.jenkins.plugins.sslmanager.engine.inbox.InboxFixture.failure;
import static io.jenkins.plugins.sslmanager.engine.inbox.InboxFixture.outcome;
import static io.jenkins.plugins.sslmanager.engine.sandbox.TestSandbox.JOB_DELAY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.failure.NotPermittedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several builds that say they are the same user, and not all of them are. */
class AnothersNameTest extends InboxOverBothProtocols {

    private final List<String> log = new ArrayList<>();
    private Access right;
    private Access wrong;

    @BeforeEach
    void setUp() {
        right = new Access("right", on.api);
        DirectApi refused = new DirectApi(on.calls());
        refused.refuse("", WRONG_PASSWORD);
        wrong = new Access("wrong", refused);
    }

    private Wait await(long job, Access access, boolean own) {
        return await(job, () -> access, own);
    }

    private Wait await(long job, Supplier<Access> access, boolean own) {
        return on.inbox.await(job, on.time.instant().plus(Duration.ofDays(1)), access, own, log::add);
    }

    @Test
    void wrongPasswordIsToldNothingOfWhatIsKnown() {
        long job = on.order("shop.example.com");
        Wait theirs = await(job, right, true);
        on.time.pass(JOB_DELAY.multipliedBy(2));
        assertEquals(JobStatus.SUCCESS, outcome(theirs).status());

        Wait stranger = await(job, wrong, false);
        on.time.pass(Duration.ofMinutes(59));

        assertFalse(stranger.ended().isDone());
        on.time.pass(Duration.ofMinutes(3));
        assertSame(WRONG_PASSWORD, failure(stranger));
    }

    @Test
    void wrongPasswordIsToldNothingOfWhatComesMeanwhile() {
        long job = on.order("job-slow.example.com");
        Wait theirs = await(job, right, true);
        Wait stranger = await(job, wrong, false);
        log.clear();

        on.time.pass(JOB_DELAY.multipliedBy(20));

        assertEquals(JobStatus.SUCCESS, outcome(theirs).status());
        assertFalse(stranger.ended().isDone());
        assertEquals("waiting for job " + job, stranger.status());
    }

    @Test
    void wrongPasswordEndsNobodyElsesWaitAndIsToldOnce() {
        Wait theirs = await(on.order("job-slow.example.com"), right, true);
        on.time.settle();
        Wait stranger = await(1, wrong, false);

        on.time.pass(JOB_DELAY.multipliedBy(8));

        assertEquals(List.of(WRONG_PASSWORD.getMessage()), on.reports);
        assertTrue(log.contains(WRONG_PASSWORD.getMessage() + " Waiting until that is put right, at most an hour."));
        assertEquals(Optional.empty(), on.inbox.trouble());
        assertFalse(stranger.ended().isDone());
        on.time.pass(JOB_DELAY.multipliedBy(4));
        assertEquals(JobStatus.SUCCESS, outcome(theirs).status());
    }

    @Test
    void passwordThatStaysWrongForAnHourEndsItsOwnWaitAlone() {
        Wait theirs = await(on.order("job-support.example.com"), right, true);
        on.time.settle();
        Wait stranger = await(1, wrong, false);

        on.time.pass(Duration.ofMinutes(62));

        assertSame(WRONG_PASSWORD, failure(stranger));
        assertFalse(theirs.ended().isDone());
    }

    @Test
    void passwordThatIsPutRightWithinTheHourCostsNothing() {
        long job = on.order("shop.example.com");
        AtomicReference<Access> current = new AtomicReference<>(wrong);
        Wait wait = await(job, current::get, true);
        on.time.pass(Duration.ofMinutes(50));
        assertFalse(wait.ended().isDone());

        current.set(right);
        on.time.pass(Duration.ofMinutes(2));

        assertEquals(JobStatus.SUCCESS, outcome(wait).status());
    }

    @Test
    void accessThatIsTakenAwayEndsItsWaitAtOnce() {
        AtomicReference<NotPermittedException> refusal = new AtomicReference<>();
        Wait wait = await(
                on.order("job-support.example.com"),
                () -> {
                    if (refusal.get() != null) {
                        throw refusal.get();
                    }
                    return right;
                },
                true);
        on.time.settle();

        refusal.set(new NotPermittedException("This job may not use the account"));
        on.time.pass(Duration.ofMinutes(2));

        assertSame(refusal.get(), failure(wait));
    }

    @Test
    void waitForAGuessedNumberLeavesTheMessageInTheQueue() {
        long job = on.order("theirs.example.com", OF_OTHERS);
        Wait guessed = await(job, right, false);

        on.time.pass(JOB_DELAY.multipliedBy(2));

        assertEquals(JobStatus.SUCCESS, outcome(guessed).status());
        assertEquals(List.of(), on.sandbox.confirmedMessageIds());
        assertEquals(1, on.sandbox.queuedMessageIds().size());
    }

    @Test
    void messageAboutADomainIsNeverTakenForAnOwnJob() {
        long domain = on.sandbox.addForeignMessage("example.net");
        long job = on.calls().pollInfo().message().orElseThrow().job().id();
        await(job, right, true);

        on.time.pass(Duration.ofMinutes(10));

        assertEquals(List.of(domain), on.sandbox.queuedMessageIds());
    }

    @Test
    void errorInALookIsNotTheEndOfTheInbox() {
        Wait wait = await(on.order("shop.example.com"), right, true);
        on.api.beforeEach("poll", () -> {
            throw new StackOverflowError();
        });
        on.time.pass(Duration.ofMinutes(5));
        assertFalse(wait.ended().isDone());

        on.api.beforeEach("poll", () -> {});
        on.time.pass(Duration.ofMinutes(5));

        assertEquals(JobStatus.SUCCESS, outcome(wait).status());
    }

    @Test
    void lookThatNeverEndsIsMadeAnew() {
        Wait wait = await(on.order("shop.example.com"), right, true);
        on.api.stall("poll", true);
        on.time.pass(Duration.ofMinutes(5));
        on.api.stall("poll", false);
        on.time.pass(Duration.ofHours(2));
        assertFalse(wait.ended().isDone());

        on.inbox.revive();
        on.time.pass(Duration.ofMinutes(1));

        assertEquals(JobStatus.SUCCESS, outcome(wait).status());
    }

    @Test
    void missingCredentialsAreSatOutForAnHour() {
        Wait wait = await(
                on.order("gone.example.com"),
                () -> {
                    throw new IllegalArgumentException("There are no credentials 'release'");
                },
                true);

        on.time.pass(Duration.ofMinutes(59));
        assertFalse(wait.ended().isDone());
        on.time.pass(Duration.ofMinutes(3));

        assertInstanceOf(IllegalArgumentException.class, failure(wait));
        assertEquals(
                List.of("There are no credentials 'release' Waiting until that is put right, at most an hour."), log);
        assertEquals(List.of("There are no credentials 'release'"), on.reports);
    }
}
