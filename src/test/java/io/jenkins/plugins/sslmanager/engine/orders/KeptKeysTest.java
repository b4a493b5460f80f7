package io.jenkins.plugins.sslmanager.engine.orders;

import static io.jenkins.plugins.sslmanager.engine.orders.BookFixture.BUILD_1;
import static io.jenkins.plugins.sslmanager.engine.orders.BookFixture.OTHER_JOB;
import static io.jenkins.plugins.sslmanager.engine.orders.BookFixture.SHOP;
import static io.jenkins.plugins.sslmanager.engine.orders.BookFixture.TEAM;
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
import java.security.PrivateKey;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that wait for their order, and keys of orders that were given up. */
class KeptKeysTest {

    private BookFixture on;
    private String fingerprint;

    @BeforeEach
    void open(@TempDir Path folder) {
        on = new BookFixture(folder);
        fingerprint = on.csr.publicKeySha256();
    }

    private Optional<PrivateKey> kept() {
        return on.book.keys().find(fingerprint, BUILD_1.job());
    }

    private Path file() {
        return on.folder.resolve("keys").resolve(fingerprint + ".json");
    }

    @Test
    void aKeyWaitsForTheOrdersOfItsJob() {
        on.book.keys().keep(on.keys.getPrivate(), on.csr, TEAM);

        on.reopen();

        assertEquals(Optional.of(on.keys.getPrivate()), kept());
        refused(Kind.NOT_YOURS, () -> on.book.keys().find(fingerprint, OTHER_JOB.job()));
        assertEquals(Optional.empty(), on.book.keys().find("00", BUILD_1.job()));
    }

    @Test
    void aKeyThatWaitsKeepsNobodyFromOrdering() {
        on.book.keys().keep(on.keys.getPrivate(), on.csr, TEAM);

        assertEquals(Optional.empty(), on.book.openFor(SHOP));
        on.begin(SHOP);
    }

    @Test
    void aKeyWaitsFor30Days() {
        on.book.keys().keep(on.keys.getPrivate(), on.csr, TEAM);

        on.time.pass(OrderBook.KEY_KEPT);
        on.book.clean();
        assertTrue(kept().isPresent());

        on.time.pass(Duration.ofSeconds(1));
        on.book.clean();
        assertEquals(Optional.empty(), kept());
        assertFalse(Files.exists(file()));
    }

    @Test
    void aForgottenKeyIsGoneFromTheDisk() {
        on.book.keys().keep(on.keys.getPrivate(), on.csr, TEAM);

        on.book.keys().forget(fingerprint);
        on.book.keys().forget(fingerprint);

        assertFalse(Files.exists(file()));
        on.reopen();
        assertEquals(Optional.empty(), kept());
    }

    @Test
    void theKeyOfAnOrderThatWasGivenUpStaysFor30Days() {
        Order order = on.ordered(SHOP);

        Order end = on.book.giveUp(order.id(), "by an administrator");

        assertEquals(Stage.GIVEN_UP, end.stage());
        assertEquals("by an administrator", end.remark());
        assertFalse(end.hasKey());
        on.reopen();
        assertEquals(Optional.of(on.keys.getPrivate()), kept());
        assertFalse(on.book.openFor(SHOP).isPresent());
        on.time.pass(OrderBook.KEY_KEPT.plusSeconds(1));
        on.book.clean();
        assertFalse(on.everythingOnDisk().contains(order.sealedKey()));
    }

    @Test
    void theKeyStaysAlsoIfItsOwnBuildGivesTheOrderUp() {
        Order order = on.ordered(SHOP);

        on.book.advance(order, each -> each.ended(Stage.GIVEN_UP, "force"));

        assertEquals(Optional.of(on.keys.getPrivate()), kept());
    }

    @Test
    void aLateExecutionDoesNothingOnceItsOrderWasGivenUp() {
        Order order = on.ordered(SHOP);
        on.book.giveUp(order.id(), "by an administrator");

        refused(Kind.CHANGED, () -> on.book.advance(order, Order::sending));
        refused(Kind.CHANGED, () -> on.book.take(order, BUILD_1));
    }

    @Test
    void whatWasNeverSentIsWithdrawnWithItsKey() {
        Order order = on.begin(SHOP);

        assertEquals(
                Stage.WITHDRAWN,
                on.book.giveUp(order.id(), "by an administrator").stage());

        assertEquals(Optional.empty(), kept());
        assertFalse(on.everythingOnDisk().contains(order.sealedKey()));
    }

    @Test
    void anOrderWhoseKeyCannotBeKeptIsNotGivenUp() throws IOException {
        Order order = on.ordered(SHOP);
        Files.createDirectories(file().resolve("in the way"));

        assertThrows(StorageException.class, () -> on.book.giveUp(order.id(), "by an administrator"));

        assertEquals(order, on.now(order));
    }

    @Test
    void keysFollowTheirJobs() {
        on.book.keys().keep(on.keys.getPrivate(), on.csr, TEAM);

        on.book.jobsMoved(BUILD_1.job()::equals, job -> OTHER_JOB.job());

        on.reopen();
        assertTrue(on.book.keys().find(fingerprint, OTHER_JOB.job()).isPresent());
        refused(Kind.NOT_YOURS, this::kept);
    }

    @Test
    void theKeyOfADeletedJobIsNobodysAlsoUnderTheSameName() {
        on.book.keys().keep(on.keys.getPrivate(), on.csr, TEAM);

        on.book.jobsMoved(BUILD_1.job()::equals, job -> null);

        on.reopen();
        refused(Kind.NOT_YOURS, this::kept);
        on.time.pass(OrderBook.KEY_KEPT.plusSeconds(1));
        on.book.clean();
        assertEquals(Optional.empty(), kept());
    }

    @Test
    void aDamagedKeyIsToldAndNotTakenForNone() throws IOException {
        on.book.keys().keep(on.keys.getPrivate(), on.csr, TEAM);
        Files.writeString(file(), "{");

        on.reopen();

        refused(Kind.DAMAGED, this::kept);
        assertEquals(Optional.empty(), on.book.keys().find("0".repeat(64), BUILD_1.job()));
        Files.delete(on.folder.resolve("keys/damaged").resolve(fingerprint + ".json"));
        assertEquals(Optional.empty(), kept());
    }
}
