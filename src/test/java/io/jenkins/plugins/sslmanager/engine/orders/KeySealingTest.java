package io.jenkins.plugins.sslmanager.engine.orders;

import static io.jenkins.plugins.sslmanager.engine.orders.BookFixture.SHOP;
import static io.jenkins.plugins.sslmanager.engine.orders.BookFixture.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.orders.OrderBookException.Kind;
import io.jenkins.plugins.sslmanager.engine.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The seal of private keys, and what becomes of them when its key is gone. */
class KeySealingTest {

    private static final byte[] SECRET = "a secret".getBytes(UTF_8);

    private BookFixture on;

    @BeforeEach
    void open(@TempDir Path folder) {
        on = new BookFixture(folder);
    }

    private KeySealing sealing() {
        return new KeySealing(on.folder, on.store);
    }

    private Path check() {
        return on.folder.resolve("sealing-check");
    }

    @Test
    void whatIsSealedOpensForItsRecordAlone() {
        byte[] sealed = sealing().seal("a1", SECRET);

        assertArrayEquals(SECRET, sealing().open("a1", sealed));
        refused(Kind.DAMAGED, () -> sealing().open("a2", sealed));
        refused(Kind.DAMAGED, () -> sealing().open("", sealed));
    }

    @Test
    void theSameSealedTwiceLooksDifferent() {
        KeySealing sealing = sealing();

        assertFalse(Arrays.equals(sealing.seal("a1", SECRET), sealing.seal("a1", SECRET)));
    }

    @Test
    void whatWasTamperedWithDoesNotOpen() {
        byte[] sealed = sealing().seal("a1", SECRET);
        for (int i = 0; i < sealed.length; i++) {
            byte[] other = sealed.clone();
            other[i] ^= 1;
            refused(Kind.DAMAGED, () -> sealing().open("a1", other));
            byte[] shorter = Arrays.copyOf(sealed, i);
            refused(Kind.DAMAGED, () -> sealing().open("a1", shorter));
        }
    }

    @Test
    void aSealedKeyInAnotherRecordDoesNotOpen() throws IOException {
        Order shop = on.begin(SHOP);
        Order mail = on.begin(BookFixture.MAIL);
        Path file = on.fileOf(mail);
        Files.writeString(file, Files.readString(file).replace(mail.sealedKey(), shop.sealedKey()));
        on.reopen();

        Order moved = on.now(mail);

        assertEquals(shop.sealedKey(), moved.sealedKey());
        OrderBookException refusal = refused(Kind.DAMAGED, () -> on.book.key(moved));
        assertTrue(refusal.getMessage().contains(mail.id()), refusal.getMessage());
    }

    @Test
    void theKeyIsMadeOnceInTheLifeOfABook() {
        on.begin(SHOP);
        on.reopen();
        on.begin(BookFixture.MAIL);

        assertEquals(1, on.store.created);
        assertEquals(Optional.empty(), on.book.sealingTrouble());
    }

    @Test
    void withTheWrongKeyNothingIsOrderedAndWithTheRightOneAgainNothingIsLost() {
        Order order = on.ordered(SHOP);
        byte[] right = on.store.key;
        on.store.key = new byte[right.length];
        on.reopen();

        refused(Kind.DAMAGED, () -> on.book.key(order));
        refused(Kind.DAMAGED, () -> on.begin(BookFixture.MAIL));
        refused(Kind.DAMAGED, () -> on.book.keys().keep(on.keys.getPrivate(), on.csr, BookFixture.TEAM));
        assertTrue(on.book.sealingTrouble().orElseThrow().contains("secrets"));
        assertEquals(1, on.book.openOrders().size());

        on.store.key = right;
        assertEquals(on.keys.getPrivate(), on.book.key(order));
        assertEquals(Optional.empty(), on.book.sealingTrouble());
    }

    @Test
    void aMissingKeyIsDamageAndNoReasonToMakeANewOne() {
        Order order = on.ordered(SHOP);
        byte[] right = on.store.key;
        on.store.key = null;
        on.reopen();

        refused(Kind.DAMAGED, () -> on.book.key(order));
        refused(Kind.DAMAGED, () -> on.begin(BookFixture.MAIL));

        assertNull(on.store.key);
        assertEquals(1, on.store.created);
        on.store.key = right;
        assertEquals(on.keys.getPrivate(), on.book.key(order));
    }

    @Test
    void ordersGoOnToTheirEndWhileTheKeyIsMissing() {
        Order order = on.ordered(SHOP);
        on.store.key = null;
        on.reopen();

        assertEquals(
                Stage.FAILED,
                on.book
                        .advance(order, each -> each.ended(Stage.FAILED, "refused"))
                        .stage());
    }

    @Test
    void aDeletedCheckFileIsDamageWhileThereAreRecords() throws IOException {
        Order order = on.ordered(SHOP);
        byte[] check = Files.readAllBytes(check());
        Files.delete(check());
        on.reopen();

        OrderBookException refusal = refused(Kind.DAMAGED, () -> on.book.key(order));

        assertTrue(refusal.getMessage().contains("sealing-check"), refusal.getMessage());
        // It stands in the logs of builds, which tell nothing of the controller's disk.
        assertFalse(refusal.getMessage().contains(on.folder.toString()), refusal.getMessage());
        assertFalse(Files.exists(check()));
        Files.write(check(), check);
        assertEquals(on.keys.getPrivate(), on.book.key(order));
    }

    @Test
    void aDamagedRecordIsARecord() throws IOException {
        Files.writeString(on.fileOf(on.ordered(SHOP)), "{");
        on.reopen();
        Files.delete(check());
        on.store.key = null;

        refused(Kind.DAMAGED, () -> sealing().requireUsable());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AA==", "not Base64", "\u00e4\ufffd", "\0\0\0"})
    void aDamagedCheckFileIsDamage(String content) throws IOException {
        on.begin(SHOP);
        Files.writeString(check(), content);

        refused(Kind.DAMAGED, () -> sealing().requireUsable());

        assertEquals(content, Files.readString(check()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16, 31, 33})
    void aKeyOfAnotherLengthIsDamage(int length) {
        on.begin(SHOP);
        on.store.key = new byte[length];

        refused(Kind.DAMAGED, () -> sealing().requireUsable());
    }

    @Test
    void aKeyMadeJustBeforeACrashIsUsed() {
        byte[] made = new byte[32];
        Arrays.fill(made, (byte) 7);
        on.store.key = made;

        on.begin(SHOP);

        assertEquals(0, on.store.created);
    }

    @Test
    void halfAKeyMadeJustBeforeACrashIsDamage() {
        on.store.key = new byte[16];

        refused(Kind.DAMAGED, () -> on.begin(SHOP));
    }

    @Test
    void aStoreThatGivesAnotherKeyBackIsRefusedHoweverOftenItIsAsked() {
        KeySealing sealing = new KeySealing(on.folder, new OddStore() {
            private byte[] kept;

            @Override
            public byte[] read() {
                return kept;
            }

            @Override
            public void create(byte[] key) {
                kept = new byte[key.length];
            }
        });

        for (int i = 0; i < 3; i++) {
            refused(Kind.DAMAGED, sealing::requireUsable);
        }
        assertFalse(Files.exists(check()));
    }

    @Test
    void aStoreThatKeepsNothingIsRefused() {
        KeySealing sealing = new KeySealing(on.folder, new OddStore() {
            @Override
            public byte[] read() {
                return null;
            }

            @Override
            public void create(byte[] key) {}
        });

        refused(Kind.DAMAGED, sealing::requireUsable);
        refused(Kind.DAMAGED, () -> sealing.seal("a1", SECRET));
        assertFalse(Files.exists(check()));
    }

    @Test
    void aStoreThatFailsIsToldAsSuchAndMakesNoNewKey() {
        on.begin(SHOP);
        KeySealing sealing = new KeySealing(on.folder, new OddStore() {
            @Override
            public byte[] read() throws IOException {
                throw new NoSuchFileException("secrets");
            }

            @Override
            public void create(byte[] key) {
                throw new AssertionError("It makes a new key");
            }
        });

        StorageException failure = assertThrows(StorageException.class, sealing::requireUsable);

        assertTrue(failure.getMessage().contains("there is no such file"), failure.getMessage());
    }

    @Test
    void theCheckFileTellsNothingOfTheKey() throws IOException {
        on.begin(SHOP);

        String check = Files.readString(check());

        assertFalse(check.contains(Base64.getEncoder().encodeToString(on.store.key)));
        assertEquals(
                12 + "check value of the order book".length() + 16,
                Base64.getDecoder().decode(check).length);
    }

    private abstract static class OddStore implements SealingKeyStore {

        @Override
        public String place() {
            return "nothing";
        }
    }
}
