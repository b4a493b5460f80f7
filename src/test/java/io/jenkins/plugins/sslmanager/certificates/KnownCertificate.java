package io.jenkins.plugins.sslmanager.certificates;

import io.jenkins.plugins.sslmanager.delivery.CertificateFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Records of certificates that no build has to get first. A certificate of a hundred days, due a third before its end. */
final class KnownCertificate {

    static final Duration LIFETIME = Duration.ofDays(100);

    private String service = "https://api.example.com/v1";
    private String account = "production";
    private final String name;
    private List<String> names;
    private String issuer = "CN=Some CA, O=Some Authority, C=DE";
    private String serialNumber = "0A";
    private Instant notBefore = Instant.parse("2026-01-01T00:00:00Z");
    private Duration due = LIFETIME.dividedBy(3);
    private Instant paidUntil;
    private String job = "job";
    private int build = 1;
    private Instant seen = Instant.parse("2026-01-01T01:00:00Z");
    private long jobId;
    private long certificateId = 7;
    private String product = "SSL123";

    private KnownCertificate(String name) {
        this.name = name;
        names = List.of(name);
    }

    static KnownCertificate certificate(String name) {
        return new KnownCertificate(name);
    }

    KnownCertificate names(String... all) {
        names = List.of(all);
        return this;
    }

    KnownCertificate service(String service) {
        this.service = service;
        return this;
    }

    KnownCertificate account(String account) {
        this.account = account;
        return this;
    }

    KnownCertificate issuer(String issuer) {
        this.issuer = issuer;
        return this;
    }

    KnownCertificate serialNumber(String serialNumber) {
        this.serialNumber = serialNumber;
        return this;
    }

    KnownCertificate from(Instant notBefore) {
        this.notBefore = notBefore;
        return this;
    }

    /** Measured from now, and an hour more, so that it stays true during a test. */
    KnownCertificate withDaysLeft(long days) {
        return from(Instant.now()
                .plus(Duration.ofDays(days))
                .plus(Duration.ofHours(1))
                .minus(LIFETIME));
    }

    KnownCertificate dueBeforeItsEnd(Duration due) {
        this.due = due;
        return this;
    }

    KnownCertificate paidUntilItsEnd() {
        paidUntil = notBefore.plus(LIFETIME);
        return this;
    }

    KnownCertificate by(String job, int build) {
        this.job = job;
        this.build = build;
        return this;
    }

    KnownCertificate seen(Instant seen) {
        this.seen = seen;
        return this;
    }

    KnownCertificate certificateId(long certificateId) {
        this.certificateId = certificateId;
        return this;
    }

    KnownCertificate product(String product) {
        this.product = product;
        return this;
    }

    KnownCertificate issuedBy(long jobId) {
        this.jobId = jobId;
        return this;
    }

    CertificateRecord record() {
        Instant notAfter = notBefore.plus(LIFETIME);
        CertificateFacts facts = new CertificateFacts(
                service,
                account,
                name,
                names,
                "CN=" + name,
                issuer,
                serialNumber,
                "AB:" + serialNumber,
                notBefore,
                notAfter,
                notAfter.minus(due),
                paidUntil,
                product,
                "order-7",
                certificateId,
                jobId);
        return CertificateRecord.of(facts, job, build, seen);
    }

    /** Puts it among the records of the running Jenkins. */
    CertificateRecord keep() {
        CertificateRecord record = record();
        CertificateRecords.get().add(record);
        return record;
    }
}
