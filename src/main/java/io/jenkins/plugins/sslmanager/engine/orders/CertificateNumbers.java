package io.jenkins.plugins.sslmanager.engine.orders;

import io.jenkins.plugins.sslmanager.engine.storage.RecordFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/** Which number a certificate has since a re-issue gave it another: a job goes on with the one that it is configured with. */
final class CertificateNumbers {

    /** What stands in a file. */
    record Successor(CertificateId certificate, long successor) {

        Successor {
            Objects.requireNonNull(certificate, "certificate");
        }

        CertificateId next() {
            return new CertificateId(certificate.system(), successor);
        }
    }

    private final RecordFiles<Successor> files;
    private final Map<CertificateId, Successor> successors = new HashMap<>();

    CertificateNumbers(Path folder, Consumer<String> report) throws IOException {
        files = new RecordFiles<>(folder, Successor.class, each -> name(each.certificate()));
        files.readAll(report).forEach(each -> successors.put(each.certificate(), each));
    }

    static String name(CertificateId certificate) {
        return FileNames.ofSystem(certificate.system()) + "-" + certificate.number();
    }

    CertificateId current(CertificateId given) {
        if (!successors.containsKey(given)) {
            return given;
        }
        Set<CertificateId> seen = new HashSet<>();
        CertificateId now = given;
        while (seen.add(now)) {
            Successor known = successors.get(now);
            if (known == null) {
                return now;
            }
            now = known.next();
        }
        return highestOfCircle(now);
    }

    /** A crash can leave a circle where a number was used again. All its numbers are still one certificate. */
    private CertificateId highestOfCircle(CertificateId any) {
        CertificateId highest = any;
        for (CertificateId each = successors.get(any).next();
                !each.equals(any);
                each = successors.get(each).next()) {
            highest = each.number() > highest.number() ? each : highest;
        }
        return highest;
    }

    /** The newest number has no successor, also where it was a former one of this certificate. */
    void record(CertificateId certificate, long successor) throws IOException {
        Successor newest = new Successor(certificate, successor);
        if (certificate.number() != successor && !newest.equals(successors.get(certificate))) {
            files.write(newest);
            successors.put(certificate, newest);
        }
        Successor outdated = successors.get(newest.next());
        if (outdated != null) {
            files.delete(outdated);
            successors.remove(newest.next());
        }
    }

    List<String> damaged() throws IOException {
        return files.damaged();
    }
}
