package io.jenkins.plugins.sslmanager.engine.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.async.VirtualTime;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few certificates are ordered for want of their keys, each once; many wait for an administrator. */
class WantedKeysTest {

    private static final String JOB = "team/rotate";

    private final VirtualTime time = new VirtualTime();
    private Path folder;
    private WantedKeys wanted;

    @BeforeEach
    void open(@TempDir Path temporary) {
        folder = temporary;
        reopen();
    }

    private void reopen() {
        try {
            wanted = WantedKeys.open(folder, time, line -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CertificateId number(long number) {
        return new CertificateId("live", number);
    }

    private void want(int count) {
        for (int each = 1; each <= count; each++) {
            wanted.add(number(each), each + ".example.com", JOB);
        }
    }

    @Test
    void tenAreOrdered() {
        want(10);

        assertFalse(wanted.isHeldBack(number(1), JOB));
        assertFalse(wanted.isHeldBack(number(10), JOB));
        assertEquals(List.of(), wanted.heldBack());
    }

    @Test
    void ofElevenNoneIsOrderedUntilAnAdministratorConfirms() {
        want(11);
        reopen();
        assertTrue(wanted.isHeldBack(number(1), JOB));
        assertTrue(wanted.isHeldBack(number(11), JOB));
        assertEquals(11, wanted.heldBack().size());

        wanted.confirm();

        reopen();
        assertFalse(wanted.isHeldBack(number(1), JOB));
        assertEquals(List.of(), wanted.heldBack());
    }

    @Test
    void thoseThatWereOrderedMeanwhileCountSoThatANightOfBuildsIsNoWayAround() {
        for (int each = 1; each <= 10; each++) {
            wanted.add(number(each), each + ".example.com", JOB);
            wanted.ordered(number(each), JOB);
        }
        wanted.add(number(11), "11.example.com", JOB);

        assertTrue(wanted.isHeldBack(number(11), JOB));
        assertEquals(1, wanted.heldBack().size());
    }

    @Test
    void whatWasOrderedLongAgoDoesNotCount() {
        want(10);
        for (int each = 1; each <= 10; each++) {
            wanted.ordered(number(each), JOB);
        }
        time.pass(Duration.ofDays(31));

        wanted.add(number(11), "11.example.com", JOB);

        assertFalse(wanted.isHeldBack(number(11), JOB));
    }

    @Test
    void whatIsHeldBackStaysSoHoweverLongNobodyConfirms() {
        want(11);

        time.pass(Duration.ofDays(100));

        assertTrue(wanted.isHeldBack(number(1), JOB));
        assertEquals(11, wanted.heldBack().size());
    }

    @Test
    void aConfirmationIsForThisTimeAlone() {
        want(11);
        wanted.confirm();
        time.pass(Duration.ofDays(31));

        want(11);

        assertTrue(wanted.isHeldBack(number(1), JOB));
    }

    @Test
    void whoHasFoundTheKeyWantsItNoMore() {
        want(11);

        wanted.found(number(1), JOB);

        reopen();
        assertFalse(wanted.isHeldBack(number(2), JOB));
    }

    @Test
    void whatWasOrderedIsRemembered() {
        want(1);
        assertFalse(wanted.wasOrdered(number(1), JOB));

        wanted.ordered(number(1), JOB);

        reopen();
        assertTrue(wanted.wasOrdered(number(1), JOB));
        assertFalse(wanted.wasOrdered(number(1), "other"));
    }

    @Test
    void aDamagedRecordCountsAsOrdered() throws IOException {
        want(1);
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.writeString(file, "{");
            }
        }

        reopen();

        assertTrue(wanted.wasOrdered(number(1), JOB));
        assertFalse(wanted.wasOrdered(number(2), JOB));
    }

    @Test
    void itFollowsTheJobAndEndsWithIt() {
        want(1);
        wanted.ordered(number(1), JOB);

        wanted.jobsMoved(JOB::equals, job -> "new/rotate");
        reopen();
        assertTrue(wanted.wasOrdered(number(1), "new/rotate"));
        assertFalse(wanted.wasOrdered(number(1), JOB));

        wanted.jobsMoved("new/rotate"::equals, job -> null);
        reopen();
        assertFalse(wanted.wasOrdered(number(1), "new/rotate"));
    }
}
