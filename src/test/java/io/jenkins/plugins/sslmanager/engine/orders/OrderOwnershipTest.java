package io.jenkins.plugins.sslmanager.engine.orders;

import static io.jenkins.plugins.sslmanager.engine.orders.BookFixture.BUILD_1;
import static io.jenkins.plugins.sslmanager.engine.orders.BookFixture.BUILD_2;
import static io.jenkins.plugins.sslmanager.engine.orders.BookFixture.MAIL;
import static io.jenkins.plugins.sslmanager.engine.orders.BookFixture.OTHER_JOB;
import static io.jenkins.plugins.sslmanager.engine.orders.BookFixture.SHOP;
import static io.jenkins.plugins.sslmanager.engine.orders.BookFixture.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.sslmanager.engine.orders.OrderBookException.Kind;
import io.jenkins.plugins.sslmanager.engine.storage.StorageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** To whom an order belongs, and who works on it. */
class OrderOwnershipTest {

    private BookFixture on;

    @BeforeEach
    void open(@TempDir Path folder) {
        on = new BookFixture(folder);
    }

    @Test
    void aBuildThatLivesKeepsOthersOfItsJobOut() {
        Order order = on.ordered(SHOP);

        assertEquals(Optional.empty(), on.book.take(order, BUILD_2));

        assertEquals(order, on.now(order));
    }

    @Test
    void theNextBuildGoesOnWhereTheOneBeforeIsOver() {
        Order order = on.ordered(SHOP);
        on.over.add(BUILD_1);
        on.reopen();

        Order taken = on.book.take(order, BUILD_2).orElseThrow();

        assertEquals(BUILD_2, taken.holder());
        assertEquals(on.keys.getPrivate(), on.book.key(taken));
        on.reopen();
        assertEquals(taken, on.now(order));
    }

    @Test
    void aLateExecutionDoesNothingOnceAnotherHasTakenOver() {
        Order known = on.ordered(SHOP);
        on.over.add(BUILD_1);
        Order taken = on.book.take(known, BUILD_2).orElseThrow();

        refused(Kind.CHANGED, () -> on.book.advance(known, Order::sending));
        on.book.release(known.id(), BUILD_1);

        assertEquals(taken, on.now(known));
    }

    @Test
    void anExecutionThatResumesAfterARestartGoesOn() {
        Order order = on.ordered(SHOP);
        on.reopen();

        assertEquals(Optional.of(order), on.book.take(order, BUILD_1));
        assertEquals(Stage.ORDERING, on.book.advance(order, Order::sending).stage());
    }

    @Test
    void aRetryInTheSameBuildGoesOnOnceTheFirstTryIsOver() {
        Order order = on.ordered(SHOP);
        Holder retry = new Holder(BUILD_1.job(), BUILD_1.build(), "12");
        assertEquals(Optional.empty(), on.book.take(order, retry));

        on.over.add(BUILD_1);

        assertEquals(retry, on.book.take(order, retry).orElseThrow().holder());
    }

    @Test
    void whatIsReleasedIsTheNextOnes() {
        Order order = on.ordered(SHOP);
        on.book.release(order.id(), BUILD_2);
        assertEquals(BUILD_1, on.now(order).holder());

        on.book.release(order.id(), BUILD_1);

        assertNull(on.now(order).holder());
        assertEquals(BUILD_2, on.book.take(order, BUILD_2).orElseThrow().holder());
    }

    @Test
    void anotherJobNeverGetsTheOrder() {
        Order order = on.ordered(SHOP);
        on.over.add(BUILD_1);

        refused(Kind.NOT_YOURS, () -> on.book.take(order, OTHER_JOB));

        assertEquals(order, on.now(order));
    }

    @Test
    void whatWasHandedOverIsTheOtherJobsAlone() {
        Order order = on.ordered(SHOP);

        on.book.handOver(order.id(), new Owner(OTHER_JOB.job(), "an administrator"));

        on.reopen();
        refused(Kind.CHANGED, () -> on.book.advance(order, Order::sending));
        refused(Kind.NOT_YOURS, () -> on.book.take(order, BUILD_1));
        Order taken = on.book.take(order, OTHER_JOB).orElseThrow();
        assertEquals(on.keys.getPrivate(), on.book.key(taken));
    }

    @Test
    void aLateExecutionDoesNothingAlsoIfTheOrderCameBackToItsJob() {
        Order order = on.ordered(SHOP);

        on.book.handOver(order.id(), new Owner(OTHER_JOB.job(), "an administrator"));
        on.book.handOver(order.id(), new Owner(BUILD_1.job(), "an administrator"));

        refused(Kind.CHANGED, () -> on.book.advance(order, Order::sending));
    }

    @Test
    void ordersFollowTheirJobsWhenAFolderIsRenamed() {
        Order shop = on.ordered(SHOP);
        Order mail = on.book.begin(on.draft(MAIL), "jenkins-", new Owner("teams/rotate", "timer"), OTHER_JOB);

        on.book.jobsMoved(job -> job.startsWith("team/"), job -> "new" + job.substring("team".length()));

        on.reopen();
        assertEquals("new/rotate", on.now(shop).owner().job());
        assertEquals(mail, on.now(mail));
        refused(Kind.NOT_YOURS, () -> on.book.take(shop, BUILD_1));
    }

    @Test
    void aBuildThatRunsWhileItsJobIsRenamedKeepsItsOrder() {
        Order order = on.ordered(SHOP);

        on.book.jobsMoved(BUILD_1.job()::equals, job -> "new/rotate");

        Holder renamed = new Holder("new/rotate", BUILD_1.build(), BUILD_1.execution());
        assertEquals(Optional.empty(), on.book.take(order, new Holder("new/rotate", "2", "7")));
        Order known = on.book.take(order, renamed).orElseThrow();
        assertEquals(on.now(order), known);
        on.book.advance(known, Order::sending);
    }

    @Test
    void whatADeletedJobOrderedIsNobodys() {
        Order order = on.ordered(SHOP);

        on.book.jobsMoved(BUILD_1.job()::equals, job -> null);

        on.reopen();
        assertNull(on.now(order).owner().job());
        refused(Kind.NOT_YOURS, () -> on.book.take(order, BUILD_1));
        refused(Kind.NOT_YOURS, () -> on.begin(SHOP));
        on.book.handOver(order.id(), new Owner(BUILD_1.job(), "an administrator"));
        assertEquals(BUILD_1, on.book.take(order, BUILD_1).orElseThrow().holder());
    }

    @Test
    void aMoveThatCannotBeKeptAtFirstIsMadeUpForLater() throws Exception {
        List<Order> orders = List.of(on.ordered(SHOP), on.begin(MAIL));
        Path file = on.fileOf(orders.get(0));
        byte[] kept = Files.readAllBytes(file);
        Files.delete(file);
        Files.createDirectories(file.resolve("in the way"));

        assertThrows(StorageException.class, () -> on.book.jobsMoved(BUILD_1.job()::equals, job -> null));
        assertEquals(BUILD_1.job(), on.now(orders.get(0)).owner().job());
        assertNull(on.now(orders.get(1)).owner().job());
        Files.delete(file.resolve("in the way"));
        Files.delete(file);
        Files.write(file, kept);

        on.book.jobsMoved(BUILD_1.job()::equals, job -> null);
        assertNull(on.now(orders.get(0)).owner().job());
    }

    @Test
    void theBookIsFreeForOthersWhileItIsAskedWhoLives() throws Exception {
        Order order = on.ordered(SHOP);
        OrderBook asking = OrderBook.open(
                on.folder,
                new KeySealing(on.folder, on.store),
                holder -> CompletableFuture.supplyAsync(
                                () -> on.book.openOrders().size() == 1)
                        .orTimeout(10, TimeUnit.SECONDS)
                        .join(),
                on.time,
                on.reports::add);
        on.book = asking;

        assertEquals(BUILD_2, asking.take(order, BUILD_2).orElseThrow().holder());
    }
}
