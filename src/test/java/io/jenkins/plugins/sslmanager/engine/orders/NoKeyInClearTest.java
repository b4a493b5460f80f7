package io.jenkins.plugins.sslmanager.engine.orders;

import static io.jenkins.plugins.sslmanager.engine.orders.BookFixture.BUILD_1;
import static io.jenkins.plugins.sslmanager.engine.orders.BookFixture.SHOP;
import static io.jenkins.plugins.sslmanager.engine.orders.BookFixture.TEAM;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import java.nio.file.Path;
import java.security.interfaces.ECPrivateKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever has the files alone has no key. */
class NoKeyInClearTest {

    private BookFixture on;

    @BeforeEach
    void open(@TempDir Path folder) {
        on = new BookFixture(folder);
    }

    @Test
    void noFileHoldsAKeyInClearAtAnyStage() {
        on.book.keys().keep(on.keys.getPrivate(), on.csr, TEAM);
        assertNoKey();
        Order order = on.begin(SHOP);
        assertNoKey();
        order = on.book.advance(order, Order::sending);
        assertNoKey();
        order = on.book.advance(order, each -> each.accepted(9218001));
        assertNoKey();
        order = on.book.advance(order, each -> each.issuedAs(new Order.Issued(4713, "aa", null)));
        assertNoKey();
        on.book.jobsMoved(BUILD_1.job()::equals, job -> "new/rotate");
        assertNoKey();
        on.book.giveUp(order.id(), "by an administrator");
        assertNoKey();
        on.reopen();
        on.book.clean();
        assertNoKey();
    }

    private void assertNoKey() {
        String disk = on.everythingOnDisk();
        for (String trace : traces()) {
            assertFalse(disk.contains(trace), trace);
        }
        assertFalse(disk.contains(new String(on.store.read(), ISO_8859_1)));
        assertFalse(disk.contains(Base64.getEncoder().encodeToString(on.store.read())));
    }

    /** The key as text, as bytes, and the secret number in it, whatever is written around them. */
    private List<String> traces() {
        byte[] der = on.keys.getPrivate().getEncoded();
        byte[] number = ((ECPrivateKey) on.keys.getPrivate()).getS().toByteArray();
        byte[] end = Arrays.copyOfRange(number, number.length - 24, number.length);
        List<String> traces = new ArrayList<>(List.of(
                "PRIVATE KEY",
                new String(der, ISO_8859_1),
                new String(end, ISO_8859_1),
                HexFormat.of().formatHex(end),
                HexFormat.of().formatHex(end).toUpperCase(Locale.ROOT),
                Base64.getEncoder().encodeToString(der)));
        Pem.encode(on.keys.getPrivate())
                .lines()
                .filter(line -> !line.startsWith("-"))
                .forEach(traces::add);
        return traces;
    }

    @Test
    void afterTheDeliveryNotEvenTheSealedKeyIsThere() {
        Order order = on.issued(SHOP, 4713);
        assertEquals(on.keys.getPrivate(), on.book.key(order));

        on.book.advance(order, Order::delivered);

        assertFalse(on.everythingOnDisk().contains("sealedKey"));
    }
}
