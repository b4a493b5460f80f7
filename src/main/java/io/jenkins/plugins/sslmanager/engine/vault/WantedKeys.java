package io.jenkins.plugins.sslmanager.engine.vault;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.FileNames;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.storage.RecordFiles;
import io.jenkins.plugins.sslmanager.engine.storage.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Which certificates are wanted for want of a key alone. Each is ordered once for that reason. Where many are wanted at a time,
 * as after a controller has lost its vault, none of them is ordered until an administrator has confirmed it.
 */
public final class WantedKeys {

    /** More than that, with those that were ordered within {@link #PERIOD}, is no accident. */
    public static final int MOST = 10;

    static final Duration PERIOD = Duration.ofDays(30);

    private static final int HASH_LENGTH = 16;

    private final RecordFiles<WantedKey> files;
    private final InstantSource clock;
    private final Map<String, WantedKey> wanted = new LinkedHashMap<>();

    private WantedKeys(Path folder, InstantSource clock, Consumer<String> report) throws IOException {
        this.clock = clock;
        files = new RecordFiles<>(folder, WantedKey.class, WantedKeys::name);
        files.readAll(report).forEach(each -> wanted.put(name(each), each));
    }

    /** @throws IOException if the folder cannot be made or read */
    public static WantedKeys open(Path folder, InstantSource clock, Consumer<String> report) throws IOException {
        return new WantedKeys(folder, clock, report);
    }

    private static String name(WantedKey wanted) {
        return name(wanted.certificate(), wanted.job());
    }

    private static String name(CertificateId certificate, String job) {
        return FileNames.ofSystem(certificate.system()) + "-" + certificate.number() + "-"
                + Certificates.sha256Hex(job.getBytes(StandardCharsets.UTF_8)).substring(0, HASH_LENGTH);
    }

    /**
     * Notes that a job lacks the key of a certificate. Nothing happens where that is known, unless what came of it is longer than
     * {@link #PERIOD} ago: then it is wanted anew.
     */
    public synchronized void add(CertificateId certificate, String certificateName, String job) {
        WantedKey known = wanted.get(name(certificate, job));
        if (known == null || known.isSettled() && !isRecent(known)) {
            write(new WantedKey(certificate, certificateName, job, clock.instant(), false, false));
        }
    }

    private boolean isRecent(WantedKey each) {
        return each.changed().isAfter(clock.instant().minus(PERIOD));
    }

    /** Returns the time before which a certificate has ended so long ago that nobody misses it. */
    Instant longAgo() {
        return clock.instant().minus(PERIOD);
    }

    /** The job has the key, so it does not want it any more. That it was ordered for that stays known. */
    public synchronized void found(CertificateId certificate, String job) {
        WantedKey known = wanted.get(name(certificate, job));
        if (known != null && !known.ordered()) {
            delete(known);
        }
    }

    /** Whether the job has ordered the certificate for want of its key before; also if a damaged record may say so. */
    public synchronized boolean wasOrdered(CertificateId certificate, String job) {
        WantedKey known = wanted.get(name(certificate, job));
        return known == null ? damaged().contains(name(certificate, job)) : known.ordered();
    }

    /** Whether so many are wanted that this one is not ordered without an administrator. */
    public synchronized boolean isHeldBack(CertificateId certificate, String job) {
        WantedKey known = wanted.get(name(certificate, job));
        return (known == null || !known.confirmed()) && unconfirmed() > MOST;
    }

    private long unconfirmed() {
        return wanted.values().stream()
                .filter(each -> !each.confirmed() && (!each.ordered() || isRecent(each)))
                .count();
    }

    /** The order of a certificate has been sent for want of its key. */
    public synchronized void ordered(CertificateId certificate, String job) {
        WantedKey known = wanted.get(name(certificate, job));
        if (known != null && !known.ordered()) {
            write(known.asOrdered(clock.instant()));
        }
    }

    /** Those that are not ordered until an administrator has confirmed them; none as long as there are few. */
    public synchronized List<WantedKey> heldBack() {
        return unconfirmed() <= MOST
                ? List.of()
                : wanted.values().stream()
                        .filter(each -> !each.confirmed() && !each.ordered())
                        .toList();
    }

    /** An administrator allows all orders that are held back. */
    public synchronized void confirm() {
        for (WantedKey each : List.copyOf(wanted.values())) {
            if (!each.confirmed()) {
                write(each.asConfirmed(clock.instant()));
            }
        }
    }

    private void write(WantedKey next) {
        try {
            files.write(next);
        } catch (IOException e) {
            throw cannotKeep(e);
        }
        wanted.put(name(next), next);
    }

    private static StorageException cannotKeep(IOException cause) {
        return new StorageException(
                "It cannot be kept which certificates are wanted for want of their keys, so none is ordered for that reason",
                "Check the permissions of the folder and the space on its disk.",
                cause);
    }

    /**
     * Updates the records when jobs move.
     *
     * @param next gives the new full name for the old one; null where the job is deleted
     */
    public synchronized void jobsMoved(Predicate<String> which, UnaryOperator<String> next) {
        for (WantedKey each : List.copyOf(wanted.values())) {
            if (which.test(each.job())) {
                moved(each, next.apply(each.job()));
            }
        }
    }

    private void moved(WantedKey each, @CheckForNull String job) {
        if (job != null) {
            write(each.of(job));
        }
        delete(each);
    }

    private void delete(WantedKey each) {
        try {
            files.delete(each);
        } catch (IOException e) {
            throw cannotKeep(e);
        }
        wanted.remove(name(each));
    }

    private List<String> damaged() {
        try {
            return files.damaged();
        } catch (IOException e) {
            throw cannotKeep(e);
        }
    }
}
