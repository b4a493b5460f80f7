package io.jenkins.plugins.sslmanager.engine.orders;

import static io.jenkins.plugins.sslmanager.engine.orders.BookFixture.MAIL;
import static io.jenkins.plugins.sslmanager.engine.orders.BookFixture.SHOP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What stays of orders that have ended. */
class EndedOrdersTest {

    private BookFixture on;

    @BeforeEach
    void open(@TempDir Path folder) {
        on = new BookFixture(folder);
    }

    @Test
    void anOrderThatWasDeliveredIsKeptInTheFolderOfItsMonthWithoutItsKey() {
        Order open = on.issued(SHOP, 4713);

        Order end = on.book.advance(open, Order::delivered);

        assertTrue(Files.exists(on.folder.resolve("ended/2026-11").resolve(end.id() + ".json")));
        assertFalse(Files.exists(on.fileOf(open)));
        assertFalse(on.everythingOnDisk().contains(open.sealedKey()));
        assertEquals(Optional.of(end), on.book.ended().withId(end.id()));
        assertThrows(IllegalArgumentException.class, () -> on.book.key(end));
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILED", "SUPERSEDED", "WITHDRAWN"})
    void aKeyWhoseCertificateMayStillComeIsKeptFor30Days(Stage end) {
        Order open = on.ordered(SHOP);

        Order ended = on.book.advance(open, order -> order.ended(end, "so it is"));

        assertFalse(ended.hasKey());
        assertTrue(on.book
                .keys()
                .find(open.request().publicKeySha256(), BookFixture.BUILD_1.job())
                .isPresent());
        on.time.pass(Duration.ofDays(31));
        on.book.clean();
        assertFalse(on.everythingOnDisk().contains(open.sealedKey()));
        on.reopen();
        assertEquals("so it is", on.book.ended().withId(open.id()).orElseThrow().remark());
        assertEquals(Optional.empty(), on.book.openFor(SHOP));
    }

    @Test
    void theLatestComeFirstAcrossMonths() {
        Order first = on.delivered(SHOP, 4711);
        on.time.pass(Duration.ofDays(1));
        Order second = on.delivered(SHOP, 4711);
        on.time.pass(Duration.ofDays(31));
        Order third = on.delivered(SHOP, 4711);

        assertEquals(List.of(third, second, first), on.book.ended().latest(10));
        assertEquals(List.of(third, second), on.book.ended().latest(2));
    }

    @Test
    void theyAreKeptForAYear() {
        Order old = on.delivered(SHOP, 4711);
        on.time.pass(Duration.ofDays(360));
        on.book.clean();
        assertEquals(List.of(old), on.book.ended().latest(10));
        Order young = on.delivered(SHOP, 4711);

        on.time.pass(Duration.ofDays(40));
        on.book.clean();

        assertEquals(List.of(young), on.book.ended().latest(10));
        assertEquals(Optional.empty(), on.book.ended().withId(old.id()));
    }

    @Test
    void ofAnIdThatIsAPathNothingIsRead() throws IOException {
        Order order = on.begin(SHOP);
        String name = on.fileOf(order).getFileName().toString();

        assertEquals(
                Optional.empty(),
                on.book.ended().withId("../../open/" + name.substring(0, name.length() - ".json".length())));
    }

    @Test
    void aDamagedRecordKeepsNobodyFromOrdering() throws IOException {
        Order end = on.delivered(SHOP, 4711);
        Files.writeString(on.folder.resolve("ended/2026-11").resolve(end.id() + ".json"), "{");
        on.reopen();

        assertEquals(1, on.reports.size());
        assertTrue(on.reports.get(0).contains(end.id() + ".json is damaged and was put aside"), on.reports.get(0));
        assertEquals(List.of(), on.book.ended().latest(10));
        on.begin(SHOP);
    }

    @Test
    void afterACrashBetweenTheTwoFilesOfAnEndTheOrderHasEnded() throws IOException {
        Order open = on.issued(SHOP, 4713);
        byte[] record = Files.readAllBytes(on.fileOf(open));
        Order end = on.book.advance(open, Order::delivered);
        Files.write(on.fileOf(open), record);

        on.reopen();

        assertEquals(List.of(), on.book.openOrders());
        assertFalse(Files.exists(on.fileOf(open)));
        assertEquals(Optional.of(end), on.book.ended().withId(open.id()));
        assertFalse(on.everythingOnDisk().contains(open.sealedKey()));
    }

    @Test
    void anEndWithoutAReadableRecordIsNone() throws IOException {
        Order open = on.issued(SHOP, 4713);
        Path month = Files.createDirectories(on.folder.resolve("ended/2026-11"));
        Files.writeString(month.resolve(open.id() + ".json"), "{");

        on.reopen();

        assertEquals(List.of(open), on.book.openOrders());
        assertEquals(on.keys.getPrivate(), on.book.key(open));
    }

    @Test
    void whatAnEndLeavesBehindGoesBeforeTheNextOrderOfItsCertificate() throws IOException {
        Order open = on.ordered(SHOP);
        Path file = on.fileOf(open);
        byte[] record = Files.readAllBytes(file);
        Files.delete(file);
        Files.createDirectories(file.resolve("in the way"));

        Order end = on.book.advance(open, order -> order.ended(Stage.FAILED, "refused"));

        assertEquals(Optional.of(end), on.book.ended().withId(open.id()));
        assertEquals(List.of(), on.book.openOrders());
        assertThrows(StorageException.class, () -> on.begin(SHOP));
        assertThrows(StorageException.class, () -> on.begin(MAIL));
        assertThrows(StorageException.class, on.book::clean);
        Files.delete(file.resolve("in the way"));
        Files.delete(file);
        Files.write(file, record);

        Order next = on.begin(SHOP);

        assertFalse(Files.exists(file));
        on.reopen();
        assertEquals(List.of(next), on.book.openOrders());
    }
}
