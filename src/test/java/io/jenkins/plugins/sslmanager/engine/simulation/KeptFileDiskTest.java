package io.jenkins.plugins.sslmanager.engine.simulation;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.storage.SafeFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key that is in use and is being replaced, on a disk whose power is cut at each point in turn. */
class KeptFileDiskTest {

    private static final String FILE = "/tls/key.pem";
    private static final String PREVIOUS = FILE + ".previous";

    private SimulatedDisk disk;

    private Path file(SimulatedDisk.Watch watch) {
        return disk.directory("tls", watch).resolve("key.pem");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void keyIsThereAtEachPointOfItsReplacement(long seed) throws IOException {
        Strike strike;
        int point = 0;
        do {
            strike = new Strike(++point, true);
            disk = new SimulatedDisk(new Dice(seed), nothing -> false, nothing -> false);
            SafeFiles.createDirectories(disk.directory("tls", Strike.never()));
            SafeFiles.replacePrivate(file(Strike.never()), "former".getBytes(US_ASCII));
            try {
                Path replaced = file(strike);
                SafeFiles.replaceKeeping(
                        replaced,
                        "new".getBytes(US_ASCII),
                        true,
                        Optional.of(replaced.resolveSibling("key.pem.previous")));
            } catch (Crash e) {
                // What is left is looked at below.
            }
            requireKey(point);
            disk.cutPower();
            requireKey(point);
        } while (strike.hasStruck());
        assertTrue(point > 4, "points: " + point);
    }

    private void requireKey(int point) {
        String text = disk.isFile(FILE) ? disk.text(FILE) : "";
        assertTrue(Set.of("former", "new").contains(text), "point " + point + ": '" + text + "'");
        assertTrue(
                "former".equals(text) || "former".equals(disk.text(PREVIOUS)),
                "point " + point + ": the former key is lost");
    }
}
