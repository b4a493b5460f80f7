package io.jenkins.plugins.sslmanager.engine.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.async.VirtualTime;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.KeyInMemory;
import io.jenkins.plugins.sslmanager.engine.orders.KeySealing;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateChain;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.plugins.sslmanager.engine.pki.TestCa;
import io.jenkins.plugins.sslmanager.engine.storage.StorageException;
import io.jenkins.plugins.sslmanager.engine.vault.Vault;
import io.jenkins.plugins.sslmanager.engine.vault.VaultEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vault on a disk that fails or loses its power at each point in turn. */
class VaultDiskTest {

    private static final CertificateId SHOP = new CertificateId("live", 4711);
    private static final String JOB = "team/rotate";
    private static final TestCa CA = TestCa.root("Test root");
    private static final int VERSIONS = 3;

    private final List<KeyPair> keys = new ArrayList<>();
    private final List<CertificateChain> chains = new ArrayList<>();
    private final VirtualTime time = new VirtualTime();
    private final KeyInMemory sealingKey = new KeyInMemory();
    private SimulatedDisk disk;

    VaultDiskTest() {
        for (int each = 0; each < VERSIONS; each++) {
            KeyPair pair = KeyAlgorithm.EC_P256.generate();
            keys.add(pair);
            chains.add(CertificateChain.of(CA.leaf(pair.getPublic(), "shop.example.com"), List.of(CA.certificate())));
        }
    }

    private Vault open(SimulatedDisk.Watch watch) throws IOException {
        List<String> reports = new ArrayList<>();
        Path folder = disk.directory("orders", watch);
        Vault vault = Vault.open(
                folder.resolve("vault"), new KeySealing(folder, sealingKey), number -> number, time, reports::add);
        assertTrue(reports.stream().allMatch(line -> line.contains("half written")), reports.toString());
        return vault;
    }

    private void store(Vault vault, int version) {
        vault.store(
                new Vault.Deposit(SHOP, "shop.example.com", "main", JOB, "team", "shop", chains.get(version)),
                keys.get(version).getPrivate());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void afterAPowerCutAtAnyPointTheNewestVersionThatWasKeptIsWhole(long seed) throws IOException {
        Strike strike;
        int point = 0;
        do {
            strike = new Strike(++point, true);
            disk = new SimulatedDisk(new Dice(seed), nothing -> false, nothing -> false);
            int kept = -1;
            try {
                Vault vault = open(strike);
                for (int each = 0; each < VERSIONS; each++) {
                    store(vault, each);
                    kept = each;
                    vault.clean(Duration.ZERO);
                }
            } catch (Crash e) {
                disk.cutPower();
            }
            requireWhole(kept);
        } while (strike.hasStruck());
        assertTrue(point > 15, "points: " + point);
    }

    /** The version that was kept last, or the one after it, which was on its way. */
    private void requireWhole(int kept) throws IOException {
        Vault vault = open(Strike.never());
        assertEquals(List.of(), vault.damaged());
        Optional<VaultEntry> entry = vault.find(SHOP, JOB);
        assertTrue(kept < 0 || entry.isPresent(), "version " + kept + " is gone");
        entry.ifPresent(known -> {
            KeyStores.requirePair(vault.key(known), known.newest().certificate());
            int found = chains.stream()
                    .map(CertificateChain::leaf)
                    .toList()
                    .indexOf(known.newest().certificate());
            assertTrue(found == kept || found == kept + 1, found + " after " + kept);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDiskThatRefusesAtAnyPointLeavesTheVersionBeforeAndTheNextTryGoesOn(boolean restarted) throws IOException {
        Strike strike;
        int point = 0;
        do {
            strike = new Strike(++point, false);
            disk = new SimulatedDisk(new Dice(point), nothing -> false, nothing -> false);
            strike.disarm();
            Vault vault = open(strike);
            strike.arm();
            for (int each = 0; each < VERSIONS; each++) {
                try {
                    store(vault, each);
                } catch (StorageException e) {
                    requireWhole(each - 1);
                    vault = restarted ? open(Strike.never()) : vault;
                    store(vault, each);
                }
                requireWhole(each);
            }
        } while (strike.hasStruck());
        assertTrue(point > 8, "points: " + point);
    }
}
