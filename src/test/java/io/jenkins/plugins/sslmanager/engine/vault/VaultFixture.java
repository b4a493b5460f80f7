package io.jenkins.plugins.sslmanager.engine.vault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.async.VirtualTime;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.KeyInMemory;
import io.jenkins.plugins.sslmanager.engine.orders.KeySealing;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateChain;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.pki.TestCa;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A vault in a folder, and certificates for it. */
final class VaultFixture {

    static final CertificateId SHOP = new CertificateId("live", 4711);
    static final CertificateId SHOP_SINCE = new CertificateId("live", 4713);
    static final CertificateId MAIL = new CertificateId("live", 4712);
    static final String ROTATE = "team/rotate";

    private static final TestCa CA = TestCa.root("Test root");

    /** A certificate and its key. */
    record Issued(KeyPair keys, CertificateChain chain) {}

    final VirtualTime time = new VirtualTime();
    final KeyInMemory sealingKey = new KeyInMemory();
    final List<String> reports = new ArrayList<>();
    final Path folder;
    private final Map<CertificateId, CertificateId> numbers = new HashMap<>();
    Vault vault;

    VaultFixture(Path folder) {
        this.folder = folder;
        reopen();
    }

    /** As after a restart of Jenkins. */
    void reopen() {
        try {
            vault = Vault.open(
                    folder.resolve("vault"),
                    new KeySealing(folder, sealingKey),
                    number -> numbers.getOrDefault(number, number),
                    time,
                    reports::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A re-issue has given the certificate another number. */
    void renumber(CertificateId before, CertificateId now) {
        numbers.put(before, now);
    }

    static Issued issue() {
        KeyPair keys = KeyAlgorithm.EC_P256.generate();
        return new Issued(
                keys, CertificateChain.of(CA.leaf(keys.getPublic(), "shop.example.com"), List.of(CA.certificate())));
    }

    VaultEntry store(CertificateId certificate, String job, Issued issued) {
        return store(certificate, job, issued, null);
    }

    VaultEntry store(CertificateId certificate, String job, Issued issued, @CheckForNull String credentialId) {
        return storeBy("main", certificate, job, issued, credentialId);
    }

    VaultEntry storeBy(
            String account, CertificateId certificate, String job, Issued issued, @CheckForNull String credentialId) {
        return vault.store(
                new Vault.Deposit(
                        certificate,
                        "shop.example.com",
                        account,
                        job,
                        job.contains("/") ? job.substring(0, job.lastIndexOf('/')) : "",
                        credentialId,
                        issued.chain()),
                issued.keys().getPrivate());
    }

    Path fileOf(VaultEntry entry) {
        return folder.resolve("vault").resolve("live-" + entry.certificate().number() + "-" + entry.id() + ".json");
    }

    String everythingOnDisk() {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, ISO_8859_1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toString();
    }
}
