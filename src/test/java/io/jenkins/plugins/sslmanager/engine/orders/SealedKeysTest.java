package io.jenkins.plugins.sslmanager.engine.orders;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is left in memory of a key that is sealed or opened. */
class SealedKeysTest {

    private final PrivateKey key = KeyAlgorithm.EC_P256.generate().getPrivate();
    private final List<byte[]> plain = new ArrayList<>();
    private boolean fails;

    /** Keeps the very arrays that it gets and gives. */
    private final Sealing sealing = new Sealing() {
        @Override
        public void requireUsable() {}

        @Override
        public byte[] seal(String record, byte[] secret) {
            plain.add(secret);
            if (fails) {
                throw new OrderBookException(OrderBookException.Kind.DAMAGED, "no key");
            }
            return secret.clone();
        }

        @Override
        public byte[] open(String record, byte[] sealed) {
            byte[] opened = sealed.clone();
            plain.add(opened);
            return opened;
        }
    };

    @Test
    void textOfAKeyIsOverwrittenOnceItIsSealedAndOnceItIsOpened() {
        String sealed = SealedKeys.seal(sealing, "record", key);
        assertEquals(key, SealedKeys.open(sealing, "record", sealed));

        requireOverwritten(2);
    }

    @Test
    void textOfAKeyThatCannotBeSealedIsOverwrittenToo() {
        fails = true;

        assertThrows(OrderBookException.class, () -> SealedKeys.seal(sealing, "record", key));

        requireOverwritten(1);
    }

    private void requireOverwritten(int texts) {
        assertEquals(texts, plain.size());
        plain.forEach(text -> assertArrayEquals(new byte[text.length], text));
    }
}
