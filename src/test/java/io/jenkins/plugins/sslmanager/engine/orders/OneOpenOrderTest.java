package io.jenkins.plugins.sslmanager.engine.orders;

import static io.jenkins.plugins.sslmanager.engine.orders.BookFixture.BUILD_1;
import static io.jenkins.plugins.sslmanager.engine.orders.BookFixture.MAIL;
import static io.jenkins.plugins.sslmanager.engine.orders.BookFixture.OTHER_JOB;
import static io.jenkins.plugins.sslmanager.engine.orders.BookFixture.SHOP;
import static io.jenkins.plugins.sslmanager.engine.orders.BookFixture.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.orders.OrderBookException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate has one order at the service at a time, by whatever number it has or had. */
class OneOpenOrderTest {

    private static final long NEXT = 5000;
    private static final CertificateId SHOP_SINCE = new CertificateId(ServiceSystem.LIVE, NEXT);

    private BookFixture on;

    @BeforeEach
    void open(@TempDir Path folder) {
        on = new BookFixture(folder);
    }

    @Test
    void nobodyBeginsASecondOneBesideOneAtTheService() {
        Order first = on.book.advance(on.begin(SHOP), Order::sending);

        assertRefused(first, SHOP);
        on.reopen();
        assertRefused(first, SHOP);
        assertEquals(1, on.book.openOrders().size());
    }

    @Test
    void aJobPreparesOneAtATime() {
        Order first = on.begin(SHOP);

        OrderBookException refusal = refused(Kind.NOT_YOURS, () -> on.begin(SHOP));

        assertTrue(refusal.getMessage().contains(first.id()), refusal.getMessage());
    }

    /** Not wanted: a block that slept for days kept a certificate from all others. */
    @Test
    void whatIsOnlyPreparedKeepsNoOtherJobOutAndTheFirstThatIsSentEndsIt() {
        Order sleeping = on.begin(SHOP);
        Order quick = beginAtOther(SHOP);
        assertEquals(Optional.of(sleeping), on.book.openFor(SHOP, BUILD_1.job()));
        assertEquals(Optional.of(quick), on.book.openFor(SHOP, OTHER_JOB.job()));

        Order sent = on.book.advance(quick, Order::sending);

        for (int starts = 0; starts < 2; starts++) {
            assertEquals(List.of(sent), on.book.openOrders());
            OrderBookException refusal = refused(Kind.OVERTAKEN, () -> on.book.advance(sleeping, Order::sending));
            assertTrue(refusal.getMessage().contains(quick.id()), refusal.getMessage());
            assertTrue(on.book
                    .keys()
                    .find(sleeping.request().publicKeySha256(), BUILD_1.job())
                    .isPresent());
            on.reopen();
        }
        on.book.advance(
                on.book.advance(sent, order -> order.accepted(9218001)),
                order -> order.ended(Stage.FAILED, "The authority has refused it"));
        refused(Kind.OVERTAKEN, () -> on.book.advance(sleeping, Order::sending));
    }

    private Order beginAtOther(CertificateId certificate) {
        return on.book.begin(on.draft(certificate), "jenkins-", new Owner(OTHER_JOB.job(), "timer"), OTHER_JOB);
    }

    private void assertRefused(Order open, CertificateId certificate) {
        OrderBookException refusal = refused(Kind.NOT_YOURS, () -> beginAtOther(certificate));
        assertTrue(refusal.getMessage().contains(open.id()), refusal.getMessage());
    }

    @Test
    void otherCertificatesAndOtherSystemsHaveTheirOwn() {
        on.begin(SHOP);
        on.begin(MAIL);
        on.begin(new CertificateId(ServiceSystem.DEMO, SHOP.number()));

        assertEquals(3, on.book.openOrders().size());
    }

    @Test
    void theNextBeginsAfterTheEnd() {
        on.delivered(SHOP, SHOP.number());

        Order next = on.begin(SHOP);

        assertEquals(Optional.of(next), on.book.openFor(SHOP));
    }

    @Test
    void anIssuedOrderIsFoundByItsNewNumberAndByTheOldOne() {
        Order issued = on.issued(SHOP, NEXT);

        for (int starts = 0; starts < 2; starts++) {
            assertEquals(Optional.of(issued), on.book.openFor(SHOP));
            assertEquals(Optional.of(issued), on.book.openFor(SHOP_SINCE));
            assertRefused(issued, SHOP_SINCE);
            on.reopen();
        }
    }

    @Test
    void aJobGoesOnWithTheNumberItIsConfiguredWith() {
        on.delivered(SHOP, NEXT);
        on.reopen();
        assertEquals(SHOP_SINCE, on.book.current(SHOP));

        Order second = on.issued(SHOP, NEXT + 1);

        assertEquals(SHOP_SINCE, second.certificate());
        for (long number : List.of(SHOP.number(), NEXT, NEXT + 1)) {
            assertEquals(Optional.of(second), on.book.openFor(new CertificateId(ServiceSystem.LIVE, number)));
        }
        on.book.advance(second, Order::delivered);
        on.reopen();
        assertEquals(NEXT + 1, on.book.current(SHOP).number());
    }

    @Test
    void anOrderByTheOldNumberKeepsOutTheNewOneAndTheOtherWayRound() {
        on.delivered(SHOP, NEXT);

        Order byOld = sent(SHOP);
        assertRefused(byOld, SHOP_SINCE);
        on.book.giveUp(byOld.id(), "to try the other way");
        Order byNew = sent(SHOP_SINCE);
        assertRefused(byNew, SHOP);
    }

    @Test
    void aNumberThatIsUsedAgainIsTheOneOfNow() {
        on.delivered(SHOP, NEXT);
        on.delivered(SHOP_SINCE, SHOP.number());

        for (int starts = 0; starts < 2; starts++) {
            assertEquals(SHOP, on.book.current(SHOP));
            assertEquals(SHOP, on.book.current(SHOP_SINCE));
            on.reopen();
        }
        assertRefused(sent(SHOP_SINCE), SHOP);
    }

    private Order sent(CertificateId certificate) {
        return on.book.advance(on.begin(certificate), Order::sending);
    }

    @Test
    void aCircleOfNumbersThatACrashHasLeftIsOneCertificate() throws Exception {
        on.delivered(SHOP, NEXT);
        Path successor = on.folder.resolve("numbers/live-4711.json");
        byte[] kept = Files.readAllBytes(successor);
        on.delivered(SHOP_SINCE, SHOP.number());
        Files.write(successor, kept);

        on.reopen();

        assertEquals(SHOP_SINCE, on.book.current(SHOP));
        assertEquals(SHOP_SINCE, on.book.current(SHOP_SINCE));
        assertRefused(sent(SHOP), SHOP_SINCE);
    }

    @Test
    void systemsWhoseAddressesDifferInSignsOrCaseAreKeptApart() {
        List<String> systems = List.of("host:1/a", "host:1/A", "host_1_a", "host.1-a", "con", "x".repeat(300));
        for (String system : systems) {
            on.delivered(new CertificateId(system, 1), 2);
            on.begin(new CertificateId(system, 1));
        }

        on.reopen();

        assertEquals(systems.size(), on.book.openOrders().size());
        for (String system : systems) {
            assertEquals(2, on.book.current(new CertificateId(system, 1)).number());
            assertTrue(on.book.openFor(new CertificateId(system, 1)).isPresent(), system);
        }
        long names = on.files().stream()
                .map(file -> on.folder.relativize(file).toString().toLowerCase(Locale.ROOT))
                .distinct()
                .count();
        assertEquals(on.files().size(), names);
    }

    @Test
    void ofManyThatBeginAtOnceOneDoes() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Boolean> begin = () -> {
                try {
                    on.begin(SHOP);
                    return true;
                } catch (OrderBookException e) {
                    return false;
                }
            };
            long begun = 0;
            for (Future<Boolean> each :
                    threads.invokeAll(Stream.generate(() -> begin).limit(32).toList())) {
                begun += each.get() ? 1 : 0;
            }
            assertEquals(1, begun);
        } finally {
            threads.shutdownNow();
        }
    }
}
