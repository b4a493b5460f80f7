package io.jenkins.plugins.sslmanager.engine.rotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.ForwardingApi;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.async.VirtualTime;
import io.jenkins.plugins.sslmanager.engine.sandbox.Sandbox;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxCalls;
import io.jenkins.plugins.sslmanager.engine.sandbox.TestSandbox;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which certificates are looked at for being due. */
class DueCandidatesTest {

    private static final int OLD = 3;
    private static final int NEW = 207;
    private static final DueRule RULE = DueRule.parse("30d");
    private static final Duration DAY = Duration.ofDays(1);

    private final VirtualTime time = new VirtualTime();
    private final List<Task> requests = new ArrayList<>();
    private final List<Certificate> rows = new ArrayList<>();
    private final List<Long> old = new ArrayList<>();
    private final List<Long> all = new ArrayList<>();
    private final DueCandidates candidates = new DueCandidates(time, new SharedCertificateList(time));
    private ApiException trouble;

    /** The old ones are near their rule. */
    @BeforeEach
    void issue() {
        for (long id = 1; id <= OLD + NEW; id++) {
            boolean isOld = id <= OLD;
            rows.add(row(id, isOld ? "2026-12-20T00:00:00Z" : "2027-05-12T00:00:00Z"));
            all.add(id);
            if (isOld) {
                old.add(id);
            }
        }
    }

    private final class Listing extends ForwardingApi {

        @Override
        protected <T> CompletableFuture<T> call(Task task, Function<SslManagerApi, CompletableFuture<T>> request) {
            throw new UnsupportedOperationException(task.toString());
        }

        @Override
        public SslManagerApi patient() {
            return this;
        }

        @Override
        public CompletableFuture<List<Certificate>> certificateSearch(Query query) {
            requests.add(Task.CERTIFICATE_SEARCH);
            return trouble == null
                    ? CompletableFuture.completedFuture(rows.stream()
                            .skip(query.view().offset())
                            .limit(query.view().limit())
                            .toList())
                    : CompletableFuture.failedFuture(trouble);
        }
    }

    private List<Long> among(List<Long> certificates) {
        return candidates.among(new Listing(), certificates, RULE).join();
    }

    @Test
    void threePagesTellWhichOfTwoHundredCertificatesAreNearTheirRule() {
        List<Long> found = among(all);

        assertEquals(List.of(Task.CERTIFICATE_SEARCH, Task.CERTIFICATE_SEARCH, Task.CERTIFICATE_SEARCH), requests);
        assertTrue(found.containsAll(old), found.toString());
        assertTrue(
                found.size() < OLD + NEW / 5,
                found.size() + " are looked at, one in seven of them for its weekly look");
    }

    @Test
    void jobsThatLookTheSameDayShareOneList() {
        among(all.subList(0, 100));
        time.pass(Duration.ofHours(10));
        among(all.subList(100, 210));
        assertEquals(3, requests.size());

        time.pass(Duration.ofHours(11));
        among(all);
        assertEquals(6, requests.size());
    }

    @Test
    void eachIsLookedAtOnceAWeekWhateverTheListSays() {
        List<Long> far = all.subList(OLD, all.size());
        Set<Long> looked = new HashSet<>();
        int looks = 0;
        for (int day = 0; day < 7; day++) {
            List<Long> today = among(far);
            looked.addAll(today);
            looks += today.size();
            time.pass(DAY);
        }
        assertEquals(Set.copyOf(far), looked);
        assertEquals(far.size(), looks);
    }

    @Test
    void whoLooksEverySeventhDayLooksAtEachOnceAWeek() {
        List<Long> far = all.subList(OLD, all.size());
        Duration week = Duration.ofDays(7);
        among(far).forEach(candidates::looked);
        for (int later = 1; later < 8; later++) {
            // The clock of whoever begins it is not on the second.
            time.pass(later % 2 == 1 ? week.minusMinutes(1) : week.plusMinutes(1));
            List<Long> found = among(far);
            assertEquals(far, found, "week " + later);
            found.forEach(candidates::looked);
        }
    }

    @Test
    void aDayThatFailsIsMadeUpTheNextDay() {
        List<Long> far = all.subList(OLD, all.size());
        for (int day = 0; day < 7; day++) {
            among(far).forEach(candidates::looked);
            time.pass(DAY);
        }
        List<Long> missed = among(far);
        time.pass(DAY);

        List<Long> found = among(far);

        assertTrue(found.containsAll(missed), found.toString());
        assertTrue(found.size() <= 2 * NEW / 7 + 2, found.size() + " are those of two days");
    }

    @Test
    void whoLooksEachDayLooksAtEachOnceAWeekForEver() {
        List<Long> far = all.subList(OLD, all.size());
        int looks = 0;
        for (int day = 0; day < 56; day++) {
            List<Long> found = among(far);
            found.forEach(candidates::looked);
            looks += found.size();
            time.pass(DAY);
        }
        assertEquals(8 * far.size(), looks);
    }

    @Test
    void fewAreLookedAtWithoutAList() {
        List<Long> few = all.subList(50, 55);
        assertEquals(few, among(few));
        assertEquals(List.of(), requests);
    }

    @Test
    void whatTheListDoesNotHaveIsLookedAt() {
        List<Long> wanted = new ArrayList<>(all);
        wanted.add(4_711L);
        assertTrue(among(wanted).contains(4_711L));
    }

    @Test
    void anAccountThatMayNotListCertificatesHasEachLookedAt() {
        trouble = ApiException.refused(Task.CERTIFICATE_SEARCH, 403, "EF403", "No.", "stid-1", "Ask.");
        assertEquals(all, among(all));
        among(all);
        assertEquals(1, requests.size());
    }

    @Test
    void afterTroubleOfTheMomentTheListIsAskedForAgain() {
        trouble = ApiException.answerLost(Task.CERTIFICATE_SEARCH, "cut");
        assertTrue(candidates.among(new Listing(), all, RULE).isCompletedExceptionally());
        trouble = null;
        assertTrue(among(all).containsAll(old));
    }

    /** Those issued before March 2026 last up to 398 days, so that a share of it begins earlier; the list does not tell. */
    @Test
    void aCertificateIsLookedAtAsEarlyAsItMayBeDue() {
        rows.clear();
        rows.add(row(10, "2027-03-01T00:00:00Z"));
        rows.add(row(17, "2027-06-01T00:00:00Z"));
        List<Long> found = candidates
                .among(new Listing(), List.of(10L, 17L, 10L, 17L, 10L, 17L), DueRule.parse("33%"))
                .join();
        assertEquals(List.of(10L, 10L, 10L), found);
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void bothProtocolsListTheEndsOfCertificates(Protocol protocol) {
        Sandbox sandbox = TestSandbox.in(time).build();
        List<Long> issued = IntStream.range(0, 7)
                .mapToObj(i -> sandbox.addCertificate("new-" + i + ".example.com", AuthMethod.DNS))
                .toList();
        List<Long> found = candidates
                .among(new SandboxCalls(sandbox, protocol).api(), issued, RULE)
                .join();
        assertEquals(1, found.size(), "seven in a row have seven weekdays");
    }

    private static Certificate row(long id, String expire) {
        return CertificateRows.of(id, OffsetDateTime.parse(expire));
    }
}
