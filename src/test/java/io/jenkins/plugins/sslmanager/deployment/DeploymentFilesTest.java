package io.jenkins.plugins.sslmanager.deployment;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentFilesTest {

    @TempDir
    private Path folder;

    private final byte[] key = "the key".getBytes(US_ASCII);
    private final DeploymentFiles.Write write =
            new DeploymentFiles.Write(new LinkedHashMap<>(Map.of("privkey.pem", key)));

    @Test
    void keyIsInItsFileAndNoLongerInMemory() throws IOException {
        write.invoke(folder.toFile(), null);

        assertEquals("the key", Files.readString(folder.resolve("privkey.pem")));
        assertArrayEquals(new byte[key.length], key);
    }

    @Test
    void keyThatCannotBeWrittenIsNoLongerInMemoryEither() throws IOException {
        Files.createFile(folder.resolve("privkey.pem"));

        assertThrows(IOException.class, () -> write.invoke(folder.toFile(), null));

        assertArrayEquals(new byte[key.length], key);
    }
}
