package io.jenkins.plugins.sslmanager.engine.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.async.VirtualTime;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Holder;
import io.jenkins.plugins.sslmanager.engine.orders.KeyInMemory;
import io.jenkins.plugins.sslmanager.engine.orders.KeySealing;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import io.jenkins.plugins.sslmanager.engine.orders.OrderEntry;
import io.jenkins.plugins.sslmanager.engine.orders.OrderReason;
import io.jenkins.plugins.sslmanager.engine.orders.OrderTask;
import io.jenkins.plugins.sslmanager.engine.orders.Owner;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order book on a disk that fails or loses its power at each point of an order's life in turn. */
class OrderBookDiskTest {

    private static final CertificateId SHOP = new CertificateId("live", 4711);
    private static final CertificateId SINCE = new CertificateId("live", 4713);
    private static final Holder BUILD = new Holder("team/rotate", "1", "7");
    private static final List<UnaryOperator<Order>> LIFE = List.of(
            Order::sending,
            order -> order.accepted(9218001),
            order -> order.issuedAs(new Order.Issued(SINCE.number(), "aa", null)),
            Order::delivered);

    private final KeyPair keys = KeyAlgorithm.EC_P256.generate();
    private final OrderEntry draft = new OrderEntry(
            SHOP,
            "shop.example.com",
            "main",
            CertificateSigningRequest.create(keys, "shop.example.com", List.of()),
            keys.getPrivate(),
            null,
            true,
            List.of("shop.example.com"),
            OrderTask.REISSUE,
            null,
            OrderReason.ON_DEMAND,
            null);
    private final VirtualTime time = new VirtualTime();

    private final KeyInMemory store = new KeyInMemory();
    private SimulatedDisk disk;

    private OrderBook open(SimulatedDisk.Watch watch) throws IOException {
        List<String> reports = new ArrayList<>();
        Path folder = disk.directory("orders", watch);
        OrderBook book = OrderBook.open(folder, new KeySealing(folder, store), holder -> true, time, reports::add);
        assertTrue(reports.stream().allMatch(line -> line.contains("half written")), reports.toString());
        return book;
    }

    /** Counts from after the opening. */
    private OrderBook openFirst(Strike strike) throws IOException {
        strike.disarm();
        OrderBook book = open(strike);
        strike.arm();
        return book;
    }

    private OrderBook openWell() throws IOException {
        return open(Strike.never());
    }

    private Order begin(OrderBook book) {
        return book.begin(draft, "jenkins-", new Owner(BUILD.job(), "timer"), BUILD);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void afterAPowerCutAtAnyPointTheBookKnowsAllThatItHasSaid(long seed) throws IOException {
        Strike strike;
        int point = 0;
        do {
            strike = new Strike(++point, true);
            disk = new SimulatedDisk(new Dice(seed), nothing -> false, nothing -> false);
            List<Order> said = new ArrayList<>();
            try {
                OrderBook book = open(strike);
                said.add(begin(book));
                for (UnaryOperator<Order> next : LIFE) {
                    said.add(book.advance(said.get(said.size() - 1), next));
                }
            } catch (Crash e) {
                disk.cutPower();
            }
            requireKnown(said);
        } while (strike.hasStruck());
        assertTrue(point > 30, "points: " + point);
    }

    /** What was said last, or the one record after it, which was on its way. */
    private void requireKnown(List<Order> said) throws IOException {
        OrderBook book = openWell();
        assertEquals(List.of(), book.damaged());
        Optional<Order> open = book.openFor(SHOP);
        if (said.isEmpty()) {
            assertTrue(
                    open.map(Order::stage)
                            .filter(stage -> stage != Stage.PREPARED)
                            .isEmpty(),
                    open.toString());
            return;
        }
        Order last = said.get(said.size() - 1);
        Order known = open.or(() -> book.ended().withId(last.id())).orElseThrow();
        int ahead = known.stage().ordinal() - last.stage().ordinal();
        assertTrue(ahead == 0 ? known.equals(last) : ahead == 1, known + " after " + last);
        if (known.stage().isOpen()) {
            assertEquals(keys.getPrivate(), book.key(known));
            assertEquals(1, book.openOrders().size());
        } else {
            assertEquals(List.of(), book.openOrders());
            assertEquals(SINCE, book.current(SHOP));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDiskThatRefusesAtAnyPointChangesNothingAndTheNextTryGoesOn(boolean restarted) throws IOException {
        Strike strike;
        int point = 0;
        do {
            strike = new Strike(++point, false);
            disk = new SimulatedDisk(new Dice(point), nothing -> false, nothing -> false);
            OrderBook book = openFirst(strike);
            Order order = beginAtLast(book, restarted);
            book = restarted ? openFirst(strike) : book;
            for (UnaryOperator<Order> next : LIFE) {
                order = advanceAtLast(book, order, next);
            }
            assertEquals(List.of(), openWell().openOrders());
            assertEquals(Optional.of(order), openWell().ended().withId(order.id()));
            assertEquals(1, openWell().ended().latest(10).size());
            assertEquals(SINCE, openWell().current(SHOP));
            begin(openWell());
        } while (strike.hasStruck());
        assertTrue(point > 20, "points: " + point);
    }

    private Order beginAtLast(OrderBook book, boolean restarted) throws IOException {
        try {
            return begin(book);
        } catch (StorageException e) {
            assertEquals(List.of(), book.openOrders());
            OrderBook next = restarted ? openWell() : book;
            return next.openFor(SHOP).orElseGet(() -> begin(next));
        }
    }

    private Order advanceAtLast(OrderBook book, Order order, UnaryOperator<Order> next) throws IOException {
        try {
            return book.advance(order, next);
        } catch (StorageException e) {
            assertEquals(List.of(order), book.openOrders());
            return book.advance(order, next);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whoBeginsAnewAfterARefusalIsTheOnlyOneAlsoAfterAPowerCut(long seed) throws IOException {
        Strike strike;
        int point = 0;
        do {
            strike = new Strike(++point, false);
            disk = new SimulatedDisk(new Dice(seed), nothing -> false, nothing -> false);
            OrderBook book = openFirst(strike);
            Order order = beginAtLast(book, false);
            disk.cutPower();
            assertEquals(List.of(order), openWell().openOrders());
        } while (strike.hasStruck());
        assertTrue(point > 5, "points: " + point);
    }
}
