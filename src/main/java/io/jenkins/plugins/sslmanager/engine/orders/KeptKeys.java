package io.jenkins.plugins.sslmanager.engine.orders;

import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.storage.RecordFiles;
import io.jenkins.plugins.sslmanager.engine.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Private keys that wait for their order, or for a certificate that may still come, each known by its fingerprint. */
public final class KeptKeys {

    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");
    private static final String CHECK_FOLDER = "Check the folder's permissions.";

    private final RecordFiles<KeptKey> files;
    private final Sealing sealing;
    private final InstantSource clock;
    private final Map<String, KeptKey> byFingerprint = new LinkedHashMap<>();

    KeptKeys(Path folder, Sealing sealing, InstantSource clock, Consumer<String> report) throws IOException {
        this.sealing = sealing;
        this.clock = clock;
        files = new RecordFiles<>(folder, KeptKey.class, KeptKey::publicKeySha256);
        files.readAll(report).forEach(key -> byFingerprint.put(key.publicKeySha256(), key));
    }

    /** Keeps a key that nothing is ordered for yet, for {@link OrderBook#KEY_KEPT}. */
    public synchronized void keep(PrivateKey key, CertificateSigningRequest csr, Owner owner) {
        sealing.requireUsable();
        String fingerprint = csr.publicKeySha256();
        String sealed = SealedKeys.seal(sealing, fingerprint, key);
        write(new KeptKey(fingerprint, csr.toPem(), owner, fingerprint, sealed, clock.instant()));
    }

    /** Keeps the key of an order that has ended, as it is sealed. */
    synchronized void keep(Order order) {
        String sealed = order.sealedKey();
        if (sealed != null) {
            Order.Request request = order.request();
            write(new KeptKey(
                    request.publicKeySha256(), request.csr(), order.owner(), order.id(), sealed, clock.instant()));
        }
    }

    private void write(KeptKey key) {
        try {
            files.write(key);
        } catch (IOException e) {
            throw DiskFailures.cannotWrite("A private key cannot be written into the order book", e);
        }
        byFingerprint.put(key.publicKeySha256(), key);
    }

    /**
     * Returns the key of a CSR that an earlier step of this job has made.
     *
     * @param fingerprint of the CSR's public key
     * @throws OrderBookException of the kind NOT_YOURS if another job has made it
     */
    public synchronized Optional<PrivateKey> find(String fingerprint, String job) {
        KeptKey key = byFingerprint.get(fingerprint);
        if (key == null) {
            requireUndamaged(fingerprint);
            return Optional.empty();
        }
        if (!key.owner().isJob(job)) {
            throw new OrderBookException(
                    OrderBookException.Kind.NOT_YOURS, "The private key of this CSR belongs to another job");
        }
        return Optional.of(SealedKeys.open(sealing, key.sealedFor(), key.sealedKey()));
    }

    /** A file of an unknown name may be of any key. */
    private void requireUndamaged(String fingerprint) {
        try {
            Optional<String> damaged = files.damaged().stream()
                    .filter(name -> name.equals(fingerprint)
                            || !FINGERPRINT.matcher(name).matches())
                    .findFirst();
            if (damaged.isPresent()) {
                throw new OrderBookException(
                        OrderBookException.Kind.DAMAGED,
                        "The order book's record " + damaged.get()
                                + " in the folder 'keys' is damaged, so it is not known"
                                + " whether the private key of this CSR is kept. Restore that file from a backup, or"
                                + " delete it and make a new CSR");
            }
        } catch (IOException e) {
            throw new StorageException("The private keys in the order book cannot be read", CHECK_FOLDER, e);
        }
    }

    /** Deletes a key, once an order carries it or nobody needs it. */
    public synchronized void forget(String fingerprint) {
        KeptKey key = byFingerprint.get(fingerprint);
        if (key != null) {
            try {
                files.delete(key);
            } catch (IOException e) {
                throw new StorageException("A private key cannot be deleted from the order book", CHECK_FOLDER, e);
            }
            byFingerprint.remove(fingerprint);
        }
    }

    synchronized void jobsMoved(Predicate<String> which, UnaryOperator<String> next) {
        IndependentChanges all = new IndependentChanges();
        for (KeptKey key : List.copyOf(byFingerprint.values())) {
            String job = key.owner().job();
            if (job != null && which.test(job)) {
                all.attempt(() -> write(key.ownedBy(key.owner().withJob(next.apply(job)))));
            }
        }
        all.throwFailure();
    }

    /** Forgets the keys that were kept before this time. */
    synchronized void clean(Instant oldest) {
        IndependentChanges all = new IndependentChanges();
        List.copyOf(byFingerprint.values()).stream()
                .filter(key -> key.created().isBefore(oldest))
                .forEach(key -> all.attempt(() -> forget(key.publicKeySha256())));
        all.throwFailure();
    }

    List<String> damaged() throws IOException {
        return files.damaged();
    }
}
