package io.jenkins.plugins.sslmanager.engine.orders;

import static io.jenkins.plugins.sslmanager.engine.orders.BookFixture.BUILD_1;
import static io.jenkins.plugins.sslmanager.engine.orders.BookFixture.BUILD_2;
import static io.jenkins.plugins.sslmanager.engine.orders.BookFixture.MAIL;
import static io.jenkins.plugins.sslmanager.engine.orders.BookFixture.SHOP;
import static io.jenkins.plugins.sslmanager.engine.orders.BookFixture.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.orders.OrderBookException.Kind;
import io.jenkins.plugins.sslmanager.engine.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the book says is on the disk, and changes only for those who know the present record. */
class OrderBookTest {

    private BookFixture on;

    @BeforeEach
    void open(@TempDir Path home) {
        on = new BookFixture(home.resolve("ssl-manager/orders"));
    }

    @Test
    void eachRecordIsTheSameAfterARestart() {
        Order order = on.begin(SHOP);
        List<UnaryOperator<Order>> life = List.of(
                Order::sending,
                Order::notSeen,
                Order::perhapsSeen,
                Order::sending,
                each -> each.accepted(9218001),
                each -> each.issuedAs(new Order.Issued(4713, "fedcba9876543210", null)));
        assertSurvivesRestart(order);
        for (UnaryOperator<Order> change : life) {
            on.time.pass(Duration.ofNanos(1_000_001));
            order = on.book.advance(order, change);
            assertSurvivesRestart(order);
        }

        Order end = on.book.advance(order, Order::delivered);

        on.reopen();
        assertEquals(List.of(), on.book.openOrders());
        assertEquals(List.of(end), on.book.ended().latest(10));
    }

    private void assertSurvivesRestart(Order order) {
        on.reopen();
        assertEquals(List.of(order), on.book.openOrders());
        assertEquals(on.keys.getPrivate(), on.book.key(order));
    }

    @Test
    void theTransactionIdBeginsAsWishedAndStaysWhenItIsSentAgain() {
        Order first = on.book.advance(on.begin(SHOP), Order::sending);
        Order again = on.book.advance(first, Order::sending);

        assertEquals("jenkins-" + first.id(), first.request().ctid());
        assertEquals(first.request(), again.request());
        assertEquals(2, again.sent());
    }

    @Test
    void whoKnowsAnOlderRecordChangesNothing() {
        Order begun = on.begin(SHOP);
        Order sent = on.book.advance(begun, Order::sending);
        String disk = on.everythingOnDisk();

        OrderBookException refusal = refused(Kind.CHANGED, () -> on.book.advance(begun, Order::sending));

        assertTrue(refusal.getMessage().contains("shop.example.com"), refusal.getMessage());
        assertEquals(sent, on.now(begun));
        assertEquals(disk, on.everythingOnDisk());
    }

    @Test
    void whoComesAfterTheEndChangesNothing() {
        Order issued = on.issued(SHOP, 4711);
        on.book.advance(issued, Order::delivered);

        refused(Kind.CHANGED, () -> on.book.advance(issued, Order::delivered));
        refused(Kind.CHANGED, () -> on.book.take(issued, BUILD_2));
        refused(Kind.CHANGED, () -> on.book.giveUp(issued.id(), "late"));
        refused(Kind.CHANGED, () -> on.book.handOver(issued.id(), new Owner("other/rotate", "an administrator")));
        on.book.release(issued.id(), BUILD_1);

        assertEquals(1, on.book.ended().latest(10).size());
    }

    @Test
    void ordersAreFoundByKeyJobAndId() {
        Order shop = on.ordered(SHOP);

        assertEquals(Optional.of(shop), on.book.openForKey(on.csr.publicKeySha256()));
        assertEquals(Optional.of(shop), on.book.openForJob(ServiceSystem.LIVE, 9218001));
        assertEquals(Optional.of(shop), on.book.openOrder(shop.id()));
        assertEquals(Optional.empty(), on.book.openForJob(ServiceSystem.DEMO, 9218001));
        assertEquals(Optional.empty(), on.book.openForJob(ServiceSystem.LIVE, 9218002));
        assertEquals(Optional.empty(), on.book.openForKey("00"));
    }

    @Test
    void openOrdersComeOldestFirst() {
        Order mail = on.begin(MAIL);
        on.time.pass(Duration.ofSeconds(1));
        Order shop = on.begin(SHOP);
        on.book.advance(mail, Order::sending);

        on.reopen();

        assertEquals(
                List.of(mail.id(), shop.id()),
                on.book.openOrders().stream().map(Order::id).toList());
    }

    @Test
    void aRecordThatCannotBeWrittenChangesNothingAndSaysWhatToDo() throws IOException {
        Order order = on.ordered(SHOP);
        Path moved = on.folder.resolveSibling("elsewhere");
        Files.move(on.folder.resolve("open"), moved);
        Files.writeString(on.folder.resolve("open"), "in the way");

        for (UnaryOperator<Order> change : List.<UnaryOperator<Order>>of(
                Order::sending, each -> each.issuedAs(new Order.Issued(4711, "aa", null)))) {
            StorageException failure = assertThrows(StorageException.class, () -> on.book.advance(order, change));
            assertTrue(failure.getMessage().contains("shop.example.com"), failure.getMessage());
            assertTrue(failure.getMessage().endsWith("space on its disk."), failure.getMessage());
        }
        assertThrows(StorageException.class, () -> on.begin(MAIL));
        assertEquals(List.of(order), on.book.openOrders());
        Files.delete(on.folder.resolve("open"));
        Files.move(moved, on.folder.resolve("open"));

        on.reopen();
        assertEquals(List.of(order), on.book.openOrders());
        assertEquals(9218001, on.book.advance(order, Order::perhapsSeen).jobId());
    }

    @Test
    void anEndThatCannotBeWrittenIsNoEnd() throws IOException {
        Order order = on.issued(SHOP, 4711);
        Files.delete(on.folder.resolve("ended"));
        Files.writeString(on.folder.resolve("ended"), "in the way");

        assertThrows(StorageException.class, () -> on.book.advance(order, Order::delivered));

        assertEquals(List.of(order), on.book.openOrders());
        assertEquals(on.keys.getPrivate(), on.book.key(order));
        Files.delete(on.folder.resolve("ended"));
        assertEquals(Stage.DELIVERED, on.book.advance(order, Order::delivered).stage());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void onlyTheirOwnerReadsTheFiles() throws IOException {
        on.delivered(SHOP, 4713);
        on.book.keys().keep(on.keys.getPrivate(), on.csr, BookFixture.TEAM);
        on.begin(MAIL);

        for (Path file : on.files()) {
            assertEquals(
                    "[OWNER_READ, OWNER_WRITE]",
                    Files.getPosixFilePermissions(file).stream()
                            .sorted()
                            .toList()
                            .toString(),
                    file.toString());
        }
    }

    @Test
    void whatIsLoggedOfAnOrderHoldsNoKey() {
        Order order = on.begin(SHOP);

        assertFalse(order.toString().contains(order.sealedKey()), order.toString());
        assertTrue(order.toString().contains("4711 at live"), order.toString());
    }
}
