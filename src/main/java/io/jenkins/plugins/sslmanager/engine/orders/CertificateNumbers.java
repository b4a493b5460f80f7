package io.jenkins.plugins.sslmanager.engine.orders;

import io.jenkins.plugins.sslmanager.engine.storage.RecordFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Which number a certificate has since a re-issue gave it another: a job goes on with the one that it is configured with. */
final class CertificateNumbers {

    /** What stands in a file. */
    record Successor(CertificateId certificate, long successor) {}

    private final RecordFiles<Successor> files;
    private final Map<CertificateId, Long> successors = new HashMap<>();

    CertificateNumbers(Path folder, Consumer<String> report) throws IOException {
        files = new RecordFiles<>(folder, Successor.class, each -> name(each.certificate()));
        files.readAll(report).forEach(each -> successors.put(each.certificate(), each.successor()));
    }

    private static String name(CertificateId certificate) {
        return RecordsOfOpenOrders.fileSafe(certificate.system()) + "-" + certificate.number();
    }

    CertificateId current(CertificateId given) {
        Set<Long> seen = new HashSet<>();
        CertificateId now = given;
        for (Long next = now.number(); next != null && seen.add(next); next = successors.get(now)) {
            now = new CertificateId(given.system(), next);
        }
        return now;
    }

    void record(CertificateId certificate, long successor) throws IOException {
        if (certificate.number() != successor && !Long.valueOf(successor).equals(successors.get(certificate))) {
            files.write(new Successor(certificate, successor));
            successors.put(certificate, successor);
        }
    }

    List<String> damaged() throws IOException {
        return files.damaged();
    }

    Optional<String> damagedFor(CertificateId certificate) {
        try {
            return files.damaged().stream()
                    .filter(name -> name.equals(name(certificate)))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
