package io.jenkins.plugins.sslmanager.account;

import io.jenkins.plugins.sslmanager.account.grants.Purpose;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.Poll;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Cancellation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * An account's API for a job: gives out no certificate and sends no order that the job has no grant for. All requests of builds
 * go through it. Lists, jobs of the service and notifications are let through, since who asks for them shows what they say to nobody
 * before it has looked at their certificate. It extends no other API, so that a task that is added to the API has to be decided on
 * here.
 */
final class GrantedApi implements SslManagerApi {

    private final SslManagerApi account;
    private final JobAccess access;

    /** The certificates as last seen, by which an order is compared with what there is. */
    private final Map<Long, Certificate> seen;

    GrantedApi(SslManagerApi account, JobAccess access) {
        this(account, access, new ConcurrentHashMap<>());
    }

    private GrantedApi(SslManagerApi account, JobAccess access, Map<Long, Certificate> seen) {
        this.account = account;
        this.access = access;
        this.seen = seen;
    }

    @Override
    public SslManagerApi patient() {
        return new GrantedApi(account.patient(), access, seen);
    }

    private static <T> CompletableFuture<T> checked(Supplier<CompletableFuture<T>> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public CompletableFuture<CertificateData> prepareOrder(CertificateData request) {
        return checked(() -> {
            access.requireAnyOrder();
            return account.prepareOrder(request);
        });
    }

    @Override
    public CompletableFuture<Job> reissue(long certificateId, CertificateOrder order, String ctid) {
        return checked(() -> {
            access.requireOrder(Purpose.ORDER, existing(certificateId), order);
            return account.reissue(certificateId, order, ctid);
        });
    }

    @Override
    public CompletableFuture<Job> renew(long certificateId, CertificateOrder order, String ctid) {
        return checked(() -> {
            access.requireOrder(Purpose.RENEW, existing(certificateId), order);
            return account.renew(certificateId, order, ctid);
        });
    }

    private Certificate existing(long certificateId) {
        Certificate existing = seen.get(certificateId);
        if (existing == null) {
            throw new IllegalArgumentException(
                    "An order is made of the certificate as it is, and nobody has asked the service for that");
        }
        return existing;
    }

    @Override
    public CompletableFuture<Certificate> certificateInfo(long certificateId) {
        CompletableFuture<Certificate> asked = account.certificateInfo(certificateId);
        return Cancellation.passOn(asked, asked.thenApply(certificate -> {
            access.requireRead(certificate);
            seen.put(certificateId, certificate);
            return certificate;
        }));
    }

    @Override
    public CompletableFuture<Poll> pollInfo() {
        return account.pollInfo();
    }

    @Override
    public CompletableFuture<Void> pollConfirm(long messageId) {
        return account.pollConfirm(messageId);
    }

    @Override
    public CompletableFuture<List<Certificate>> certificateSearch(Query query) {
        return account.certificateSearch(query);
    }

    @Override
    public CompletableFuture<ObjectJob> jobInfo(long jobId) {
        return account.jobInfo(jobId);
    }

    @Override
    public CompletableFuture<ObjectJob> jobHistoryInfo(long jobId) {
        return account.jobHistoryInfo(jobId);
    }

    @Override
    public CompletableFuture<List<ObjectJob>> jobSearch(Query query) {
        return account.jobSearch(query);
    }

    @Override
    public CompletableFuture<List<ObjectJob>> jobHistorySearch(Query query) {
        return account.jobHistorySearch(query);
    }

    @Override
    public CompletableFuture<Void> hello() {
        return account.hello();
    }
}
