package io.jenkins.plugins.sslmanager.engine.sandbox;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.BasicUser;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What one account (user and context) has at the sandbox: certificates, jobs and the poll queue. The package-private methods
 * are the tasks of the service; they throw {@link TaskRefused}.
 */
public final class SandboxAccount {

    private static final int BUSY_REQUESTS = 2;

    private final BasicUser owner;
    private final InstantSource clock;
    private final Duration jobDelay;
    private final Duration ageAtFirst;
    private final Numbering numbering;
    private final Issuance issuance;
    private final Validation validation;
    private final Map<Long, Certificate> certificates = new BoundedMap<>();
    private final Jobs jobs = new Jobs();
    private final PollQueue queue = new PollQueue();
    private final Map<String, Integer> orders = new BoundedMap<>();
    private final Map<String, Integer> renewals = new BoundedMap<>();
    private final Map<String, Integer> requestsWhileBusy = new BoundedMap<>();

    private boolean listsBriefly;

    SandboxAccount(
            BasicUser owner,
            InstantSource clock,
            Duration jobDelay,
            Numbering numbering,
            Validation validation,
            Duration ageAtFirst) {
        this.owner = owner;
        this.clock = clock;
        this.jobDelay = jobDelay;
        this.ageAtFirst = ageAtFirst;
        this.numbering = numbering;
        issuance = new Issuance(owner, numbering);
        this.validation = validation;
    }

    BasicUser owner() {
        return owner;
    }

    /**
     * Issues a first certificate, for a key that is thrown away.
     *
     * @param name chooses the {@link Behaviour} of its re-issues
     * @param method EMAIL, DNS or FILE
     * @return its id
     */
    public synchronized long addCertificate(String name, AuthMethod method, String... alternativeNames) {
        Certificate certificate = issuance.first(
                name, method, List.of(alternativeNames), clock.instant().minus(ageAtFirst));
        certificates.put(certificate.id(), certificate);
        return certificate.id();
    }

    /** The account has no such certificate any more. */
    public synchronized void removeCertificate(long id) {
        certificates.remove(id);
    }

    /** From now on, lists of certificates tell no more than the service promises: id and name. */
    public synchronized void listBriefly() {
        listsBriefly = true;
    }

    /**
     * Returns the certificate as it is now, whatever its behaviour does to answers.
     *
     * @throws IllegalArgumentException if the account has none with this id
     */
    public synchronized Certificate certificate(long id) {
        settledAt();
        if (!certificates.containsKey(id)) {
            throw new IllegalArgumentException("The account has no certificate " + id);
        }
        return certificates.get(id);
    }

    /** Puts a notification into the queue that is about a domain, and returns its id. */
    public synchronized long addForeignMessage(String domain) {
        Notification notification = ForeignDomain.registered(domain, owner, numbering, settledAt());
        queue.add(notification);
        return notification.id();
    }

    /** Tells how many orders of the certificate with this name were accepted, re-issues and renewals. */
    public synchronized int orders(String certificateName) {
        return orders.getOrDefault(certificateName, 0);
    }

    /** Tells how many of them were renewals. */
    public synchronized int renewals(String certificateName) {
        return renewals.getOrDefault(certificateName, 0);
    }

    /** Oldest first. */
    public synchronized List<Long> queuedMessageIds() {
        settledAt();
        return queue.queuedIds();
    }

    /** In the order of their confirmation. */
    public synchronized List<Long> confirmedMessageIds() {
        return queue.confirmedIds();
    }

    public synchronized CertificateData prepareOrder(CertificateData request) {
        CheckedCsr csr = OrderChecks.check(request);
        admit(csr.name());
        return csr.describe(
                request.plain(),
                request.product(),
                validation.offer(csr, names(csr, request.certificate()), clock.instant()));
    }

    private List<String> names(CheckedCsr csr, @CheckForNull CertificateData.Reference reissued) {
        return Stream.concat(
                        csr.names().stream(),
                        reissued == null || reissued.id() == null
                                ? Stream.empty()
                                : Issuance.names(known(reissued.id())).stream())
                .distinct()
                .toList();
    }

    public synchronized Job reissue(long id, CertificateOrder order, String stid, @CheckForNull String ctid) {
        Instant now = settledAt();
        return order("reissue", id, order, stid, ctid, known(id).payable(), now);
    }

    /** What is left of the paid term is added to the new one. */
    public synchronized Job renew(long id, CertificateOrder order, String stid, @CheckForNull String ctid) {
        Instant now = settledAt();
        OffsetDateTime payable = known(id).payable();
        OrderChecks.requireRenewable(payable, now);
        OffsetDateTime from = payable.toInstant().isAfter(now) ? payable : ServiceTime.at(now);
        OffsetDateTime until =
                from.plusMonths(order.lifetime() == null ? 0 : order.lifetime().period());
        Job job = order(Job.RENEWAL, id, order, stid, ctid, until, now);
        renewals.merge(known(id).name(), 1, Integer::sum);
        return job;
    }

    private Job order(
            String action,
            long id,
            CertificateOrder order,
            String stid,
            @CheckForNull String ctid,
            OffsetDateTime payable,
            Instant now) {
        Certificate current = known(id);
        CheckedCsr csr = OrderChecks.check(order, current);
        validation.check(order, csr);
        Certificate ordered = issuance.ordered(current, order, csr, payable, now);
        Behaviour behaviour = Behaviour.of(current.name());
        SandboxJob job = new SandboxJob(
                numbering.jobId(), action, stid, ctid, behaviour, ordered, now, behaviour.jobTakes(jobDelay));
        jobs.start(job);
        orders.merge(current.name(), 1, Integer::sum);
        return job.job(now);
    }

    public synchronized Certificate certificateInfo(long id) {
        settledAt();
        return known(id);
    }

    /** Without the certificates themselves, which are no part of a list. */
    public synchronized List<Certificate> certificateSearch(Query query) {
        settledAt();
        List<Certificate> rows = ListQuery.ofCertificates(certificates.values(), query);
        return listsBriefly ? rows.stream().map(Issuance::brief).toList() : rows;
    }

    public synchronized PollQueue.Head pollInfo() {
        settledAt();
        return queue.head();
    }

    public synchronized void pollConfirm(long messageId) {
        settledAt();
        queue.confirm(messageId);
    }

    public synchronized ObjectJob jobInfo(long jobId) {
        return jobs.running(jobId, settledAt());
    }

    public synchronized ObjectJob jobHistoryInfo(long jobId) {
        return jobs.finished(jobId, settledAt());
    }

    public synchronized List<ObjectJob> jobSearch(Query query) {
        return jobs.searchRunning(query, settledAt());
    }

    public synchronized List<ObjectJob> jobHistorySearch(Query query) {
        return jobs.searchHistory(query, settledAt());
    }

    private Certificate known(long id) {
        Certificate certificate = certificates.get(id);
        if (certificate == null) {
            throw TaskRefused.unknownCertificate(id);
        }
        admit(certificate.name());
        return certificate;
    }

    private void admit(String certificateName) {
        switch (Behaviour.of(certificateName)) {
            case BUSY -> {
                if (requestsWhileBusy.merge(certificateName, 1, Integer::sum) <= BUSY_REQUESTS) {
                    throw TaskRefused.busy();
                }
            }
            case UNAVAILABLE -> throw TaskRefused.unavailable();
            default -> {}
        }
    }

    /** Lets everything happen that is due, and returns the time until which it has. */
    private Instant settledAt() {
        Instant now = clock.instant();
        jobs.ended(now).forEach(this::conclude);
        return now;
    }

    private void conclude(SandboxJob ended) {
        SandboxJob job = JobStatus.SUCCESS.equals(ended.status(ended.end())) ? issue(ended) : ended;
        jobs.moveToHistory(job);
        if (job.behaviour() != Behaviour.NO_NOTIFICATION) {
            queue.add(Notification.of(job, owner, numbering.messageId()));
        }
    }

    private SandboxJob issue(SandboxJob job) {
        Certificate ordered = job.certificate();
        Certificate current = certificates.getOrDefault(ordered.id(), ordered);
        Certificate issued = issuance.reissued(ordered, current, job.behaviour(), job.end());
        certificates.put(issued.id(), issued);
        return job.withCertificate(Issuance.withoutAuthorities(issued));
    }
}
