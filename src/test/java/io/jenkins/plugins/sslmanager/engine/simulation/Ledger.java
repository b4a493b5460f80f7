package io.jenkins.plugins.sslmanager.engine.simulation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.async.VirtualTime;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxAccount;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxCalls;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** What the service has accepted, and what comes of it: the truth that nobody in the simulation knows. */
final class Ledger {

    /**
     * An order that the service has accepted.
     *
     * @param by the controller, or null for somebody else
     * @param key the SHA-256 of the public key
     * @param renewal whether it is billed
     * @param end when its job ends; null if never
     */
    record Placed(
            long jobId,
            SimulatedCertificate certificate,
            @CheckForNull Controller by,
            String ctid,
            String key,
            boolean renewal,
            @CheckForNull Instant end,
            boolean succeeds) {

        boolean runsAt(Instant now) {
            return end == null || now.isBefore(end);
        }

        boolean isOf(Controller controller) {
            return by == controller;
        }
    }

    private final VirtualTime time;
    private final SandboxAccount account;
    private final Duration jobDelay;
    private final Map<Long, SimulatedCertificate> certificates = new HashMap<>();
    private final List<Placed> placed = new ArrayList<>();

    Ledger(VirtualTime time, SandboxAccount account, Duration jobDelay) {
        this.time = time;
        this.account = account;
        this.jobDelay = jobDelay;
    }

    void add(SimulatedCertificate certificate) {
        certificates.put(certificate.firstNumber(), certificate);
    }

    /** The certificate that has this number, or had it. */
    SimulatedCertificate certificate(long number) {
        SimulatedCertificate known = certificates.get(number);
        if (known == null) {
            String key = key(account.certificate(number).csr());
            known = placed.stream()
                    .filter(each -> each.key().equals(key))
                    .map(Placed::certificate)
                    .findFirst()
                    .orElseThrow(() -> new NoSuchElementException("certificate " + number));
            certificates.put(number, known);
        }
        return known;
    }

    /** The number that it has at the service now. */
    long number(SimulatedCertificate certificate) {
        long number = certificate.firstNumber();
        for (Map.Entry<Long, SimulatedCertificate> each : certificates.entrySet()) {
            number = each.getValue() == certificate ? Math.max(number, each.getKey()) : number;
        }
        return number;
    }

    static String key(String csr) {
        return CertificateSigningRequest.parse(csr).publicKeySha256();
    }

    Placed place(long number, String csr, String ctid, boolean renewal, long jobId, @CheckForNull Controller by) {
        SimulatedCertificate certificate = certificate(number);
        Instant now = time.instant();
        Optional<JobStatus> atEnd = SandboxCalls.endOf(certificate.behaviour());
        Placed accepted = new Placed(
                jobId,
                certificate,
                by,
                ctid,
                key(csr),
                renewal,
                atEnd.isPresent() ? now.plus(SandboxCalls.takes(certificate.behaviour(), jobDelay)) : null,
                atEnd.isEmpty() || atEnd.get().equals(JobStatus.SUCCESS));
        placed.add(accepted);
        return accepted;
    }

    List<Placed> of(SimulatedCertificate certificate) {
        return placed.stream().filter(each -> each.certificate() == certificate).toList();
    }

    List<Placed> all() {
        return placed;
    }

    /** The last one whose job has ended with a certificate. */
    Optional<Placed> current(SimulatedCertificate certificate) {
        Instant now = time.instant();
        return placed.stream()
                .filter(each -> each.certificate() == certificate && each.succeeds() && !each.runsAt(now))
                .max(Comparator.comparing(Placed::end).thenComparing(Placed::jobId));
    }

    /** Whether a certificate may come of it that nobody's later one has replaced. */
    boolean stands(Placed order) {
        return order.succeeds()
                && (order.runsAt(time.instant())
                        || current(order.certificate()).filter(order::equals).isPresent());
    }
}
