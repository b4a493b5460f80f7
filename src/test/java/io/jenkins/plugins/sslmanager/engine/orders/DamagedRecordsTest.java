package io.jenkins.plugins.sslmanager.engine.orders;

import static io.jenkins.plugins.sslmanager.engine.orders.BookFixture.MAIL;
import static io.jenkins.plugins.sslmanager.engine.orders.BookFixture.SHOP;
import static io.jenkins.plugins.sslmanager.engine.orders.BookFixture.nameOf;
import static io.jenkins.plugins.sslmanager.engine.orders.BookFixture.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.orders.OrderBookException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is damaged is never taken for nothing: it keeps its certificate from being ordered until a person has decided. */
class DamagedRecordsTest {

    private static final CertificateId SHOP_SINCE = new CertificateId(ServiceSystem.LIVE, 5000);
    private static final CertificateId SHOP_AT_DEMO = new CertificateId(ServiceSystem.DEMO, SHOP.number());

    private BookFixture on;

    @BeforeEach
    void open(@TempDir Path folder) {
        on = new BookFixture(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "{\"id\":", "\0\0\0\0", "{\"id\":\"00\",\"stage\":\"ORDERED\"}"})
    void aDamagedRecordIsPutAsideReportedAndBlocksItsCertificateAlone(String content) throws IOException {
        Order order = on.ordered(SHOP);
        Files.writeString(on.fileOf(order), content);

        on.reopen();

        assertEquals(1, on.reports.size());
        assertTrue(on.reports.get(0).contains(on.fileOf(order) + " is damaged"), on.reports.get(0));
        assertEquals(content, Files.readString(aside("open", nameOf(order))));
        assertFalse(Files.exists(on.fileOf(order)));
        assertEquals(List.of(nameOf(order)), on.book.damaged());
        assertBlocked(SHOP);
        assertFree(MAIL, SHOP_AT_DEMO);
    }

    private Path aside(String records, String name) {
        return on.folder.resolve(records).resolve("damaged").resolve(name + ".json");
    }

    private void assertBlocked(CertificateId... certificates) {
        for (CertificateId certificate : certificates) {
            refused(Kind.DAMAGED, () -> on.book.openFor(certificate));
            refused(Kind.DAMAGED, () -> on.begin(certificate));
        }
    }

    private void assertFree(CertificateId... certificates) {
        for (CertificateId certificate : certificates) {
            assertEquals(Optional.empty(), on.book.openFor(certificate));
        }
    }

    @Test
    void halfARecordIsDamage() throws IOException {
        Order order = on.ordered(SHOP);
        String whole = Files.readString(on.fileOf(order));
        Files.writeString(on.fileOf(order), whole.substring(0, whole.length() / 2));

        on.reopen();

        assertBlocked(SHOP);
    }

    @Test
    void aRecordWithSomethingBehindItIsDamage() throws IOException {
        Order order = on.ordered(SHOP);
        Files.writeString(on.fileOf(order), Files.readString(on.fileOf(order)) + "}");

        on.reopen();

        assertBlocked(SHOP);
    }

    @Test
    void aRecordUnderTheNameOfAnotherIsDamageOfBoth() throws IOException {
        Order shop = on.ordered(SHOP);
        Files.move(on.fileOf(shop), on.fileOf(shop).resolveSibling("live-4712-" + shop.id() + ".json"));

        on.reopen();

        assertBlocked(MAIL);
        assertEquals(List.of(), on.book.openOrders());
    }

    @Test
    void theDamageIsStillThereAtTheNextStart() throws IOException {
        Files.writeString(on.fileOf(on.ordered(SHOP)), "{");
        on.reopen();

        on.reopen();

        assertBlocked(SHOP);
        assertEquals(1, on.reports.size());
    }

    @Test
    void thePersonWhoDeletesTheFileFreesItsCertificateAtOnce() throws IOException {
        Order order = on.ordered(SHOP);
        Files.writeString(on.fileOf(order), "{");
        on.reopen();
        assertBlocked(SHOP);

        Files.delete(aside("open", nameOf(order)));

        assertFree(SHOP);
        assertEquals(List.of(), on.book.damaged());
        on.begin(SHOP);
    }

    @Test
    void aDamagedRecordBlocksItsCertificateByEachNumberThatItHasAndHad() throws IOException {
        on.delivered(SHOP, 4900);
        on.delivered(SHOP, SHOP_SINCE.number());
        Files.writeString(on.fileOf(on.ordered(SHOP)), "{");

        on.reopen();

        assertBlocked(SHOP, new CertificateId(ServiceSystem.LIVE, 4900), SHOP_SINCE);
        assertFree(MAIL);
    }

    @Test
    void aDamagedRecordOfAnIssuedOrderBlocksTheNewNumberToo() throws IOException {
        Files.writeString(on.fileOf(on.issued(SHOP, SHOP_SINCE.number())), "{");

        on.reopen();

        assertBlocked(SHOP, SHOP_SINCE);
        assertFree(MAIL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "live.json",
                "copy of an order.json",
                "live-4711.json",
                "notes.txt",
                "live-99999999999999999999-ab.json"
            })
    void aFileWhoseNameTellsNothingBlocksAll(String name) throws IOException {
        Files.writeString(on.folder.resolve("open").resolve(name), "{");

        on.reopen();

        assertBlocked(SHOP, MAIL, SHOP_AT_DEMO);
    }

    @Test
    void ordersThatAreOpenGoOnBesideTheDamage() throws IOException {
        Order mail = on.ordered(MAIL);
        Files.writeString(on.folder.resolve("open/unknown.json"), "{");
        on.reopen();

        assertEquals(Stage.ORDERING, on.book.advance(mail, Order::sending).stage());
    }

    @Test
    void aDamagedSuccessorBlocksTheNumberThatItIsOf() throws IOException {
        on.delivered(SHOP, SHOP_SINCE.number());
        Order order = on.ordered(SHOP);
        Files.writeString(on.folder.resolve("numbers/live-4711.json"), "{");

        on.reopen();

        assertEquals(List.of("live-4711"), on.book.damaged());
        assertBlocked(SHOP);
        assertEquals(Optional.of(order), on.book.openFor(SHOP_SINCE));
        assertFree(MAIL, SHOP_AT_DEMO);
    }

    @Test
    void anOrderAndItsNumberBothDamagedBlockAllOfTheirSystem() throws IOException {
        Files.writeString(on.fileOf(on.issued(SHOP, SHOP_SINCE.number())), "{");
        Files.writeString(on.folder.resolve("numbers/live-4711.json"), "{");

        on.reopen();

        assertBlocked(SHOP, SHOP_SINCE, MAIL);
        assertFree(SHOP_AT_DEMO);
    }

    @Test
    void aHalfWrittenFileIsNoDamageSinceTheRecordBeforeItCounts() throws IOException {
        Order order = on.ordered(SHOP);
        Path half = on.folder.resolve("open/." + nameOf(order) + ".json.tmp");
        Files.writeString(half, "{\"id\":");

        on.reopen();

        assertEquals(Optional.of(order), on.book.openFor(SHOP));
        assertFalse(Files.exists(half));
        assertEquals(List.of(), on.book.damaged());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aRecordThatCannotBeReadAtTheMomentStaysWhereItIsAndCounts() throws IOException {
        Order order = on.ordered(SHOP);
        Path file = on.fileOf(order);
        byte[] content = Files.readAllBytes(file);
        Files.delete(file);
        // A link to a file that reads like one, and fails in the middle: what a bad sector or a lost mount looks like.
        Files.createSymbolicLink(file, Path.of("/proc/self/mem"));
        on.reopen();
        assertBlocked(SHOP);
        assertFree(MAIL);
        assertEquals(List.of(nameOf(order)), on.book.damaged());
        Files.delete(file);
        Files.write(file, content);

        on.reopen();

        assertEquals(Optional.of(order), on.book.openFor(SHOP));
    }

    @Test
    void damageCostsNothingWhereThereIsNone() throws IOException {
        assertFree(SHOP);
        Path unlisted = Files.createDirectories(on.folder.resolve("open/damaged"));
        Files.writeString(unlisted.resolve("live-4711-ab.json"), "{");

        // Nothing but the book itself puts files aside, so it does not look while it knows of none.
        assertFree(SHOP);
        on.reopen();
        assertBlocked(SHOP);
    }
}
