package io.jenkins.plugins.sslmanager.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OutputFileTest {

    @Test
    void contentIsOverwrittenOnceItIsCleared() {
        byte[] key = "the key".getBytes(US_ASCII);
        OutputFile file = OutputFile.secret("key.pem", key);
        Arrays.fill(key, (byte) 0);
        assertEquals("the key", new String(file.content(), US_ASCII));

        file.clear();

        assertArrayEquals(new byte[7], file.content());
    }
}
