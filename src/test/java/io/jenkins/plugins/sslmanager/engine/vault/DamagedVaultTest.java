package io.jenkins.plugins.sslmanager.engine.vault;

import static io.jenkins.plugins.sslmanager.engine.vault.VaultFixture.MAIL;
import static io.jenkins.plugins.sslmanager.engine.vault.VaultFixture.ROTATE;
import static io.jenkins.plugins.sslmanager.engine.vault.VaultFixture.SHOP;
import static io.jenkins.plugins.sslmanager.engine.vault.VaultFixture.SHOP_SINCE;
import static io.jenkins.plugins.sslmanager.engine.vault.VaultFixture.issue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.orders.OrderBookException;
import io.jenkins.plugins.sslmanager.engine.vault.VaultFixture.Issued;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is damaged is told, and never taken for "none". */
class DamagedVaultTest {

    private VaultFixture on;

    @BeforeEach
    void open(@TempDir Path folder) {
        on = new VaultFixture(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "{\"id\":", "\0\0\0\0"})
    void aDamagedEntryIsPutAsideReportedAndNotTakenForNone(String content) throws IOException {
        VaultEntry entry = on.store(SHOP, ROTATE, issue());
        Files.writeString(on.fileOf(entry), content);

        on.reopen();

        assertEquals(1, on.reports.size());
        assertTrue(on.reports.get(0).contains(on.fileOf(entry) + " is damaged"), on.reports.get(0));
        assertEquals(List.of("live-4711-" + entry.id()), on.vault.damaged());
        assertThrows(VaultException.class, () -> on.vault.find(SHOP, ROTATE));
        assertThrows(VaultException.class, () -> on.vault.find(SHOP));
        assertEquals(Optional.empty(), on.vault.find(MAIL, ROTATE));
    }

    @Test
    void itCountsByTheNumberThatTheCertificateHasSince() throws IOException {
        Files.writeString(on.fileOf(on.store(SHOP, ROTATE, issue())), "{");
        on.renumber(SHOP, SHOP_SINCE);

        on.reopen();

        assertThrows(VaultException.class, () -> on.vault.find(SHOP_SINCE, ROTATE));
    }

    @Test
    void aFileWhoseNameTellsNothingMayBeOfAnyCertificate() throws IOException {
        Files.writeString(on.folder.resolve("vault/copy.json"), "{");

        on.reopen();

        assertThrows(VaultException.class, () -> on.vault.find(MAIL, ROTATE));
    }

    @Test
    void aJobWhoseOwnEntryIsWholeGoesOnBesideTheDamage() throws IOException {
        on.store(SHOP, ROTATE, issue());
        Files.writeString(on.fileOf(on.store(SHOP, "other", issue())), "{");

        on.reopen();

        assertTrue(on.vault.find(SHOP, ROTATE).isPresent());
        assertThrows(VaultException.class, () -> on.vault.find(SHOP, "other"));
    }

    @Test
    void aNewDeliveryIsKeptBesideTheDamage() throws IOException {
        Files.writeString(on.fileOf(on.store(SHOP, ROTATE, issue())), "{");
        on.reopen();
        Issued next = issue();

        on.store(SHOP, ROTATE, next);

        assertEquals(
                next.keys().getPrivate(),
                on.vault.key(on.vault.find(SHOP, ROTATE).orElseThrow()));
    }

    @Test
    void thePersonWhoDeletesTheFileHasDecided() throws IOException {
        VaultEntry entry = on.store(SHOP, ROTATE, issue());
        Files.writeString(on.fileOf(entry), "{");
        on.reopen();

        Files.delete(on.folder.resolve("vault/damaged/live-4711-" + entry.id() + ".json"));

        assertEquals(Optional.empty(), on.vault.find(SHOP, ROTATE));
    }

    @Test
    void theKeysOfAnotherSealAreToldAndStayAsTheyAre() throws IOException {
        Issued issued = issue();
        VaultEntry entry = on.store(SHOP, ROTATE, issued);
        String file = Files.readString(on.fileOf(entry));
        byte[] right = on.sealingKey.read();
        on.sealingKey.lose();
        on.reopen();

        VaultException failure = assertThrows(
                VaultException.class,
                () -> on.vault.key(on.vault.find(SHOP, ROTATE).orElseThrow()));

        assertTrue(failure.getMessage().contains("shop.example.com"), failure.getMessage());
        assertEquals(1, on.vault.troubles().size());
        assertThrows(OrderBookException.class, () -> on.store(MAIL, ROTATE, issue()));
        assertEquals(file, Files.readString(on.fileOf(entry)));
        on.sealingKey.create(right);
        on.reopen();
        assertEquals(
                issued.keys().getPrivate(),
                on.vault.key(on.vault.find(SHOP, ROTATE).orElseThrow()));
        assertEquals(List.of(), on.vault.troubles());
    }

    @Test
    void aKeyDoesNotOpenInThePlaceOfAnother() throws IOException {
        VaultEntry shop = on.store(SHOP, ROTATE, issue());
        VaultEntry mail = on.store(MAIL, ROTATE, issue());
        Files.writeString(
                on.fileOf(mail),
                Files.readString(on.fileOf(mail))
                        .replace(mail.newest().sealedKey(), shop.newest().sealedKey()));

        on.reopen();

        assertThrows(
                VaultException.class,
                () -> on.vault.key(on.vault.find(MAIL, ROTATE).orElseThrow()));
    }

    @Test
    void theSealOfAVaultThatHasEntriesIsNeverMadeAnew() throws IOException {
        on.store(SHOP, ROTATE, issue());
        Files.delete(on.folder.resolve("sealing-check"));
        on.sealingKey.lose();

        on.reopen();

        assertThrows(OrderBookException.class, () -> on.store(SHOP, ROTATE, issue()));
        assertEquals(null, on.sealingKey.read());
    }
}
