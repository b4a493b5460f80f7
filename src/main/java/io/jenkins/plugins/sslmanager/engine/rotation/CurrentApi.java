package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.Poll;
import io.jenkins.plugins.sslmanager.engine.api.Query;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The account's API with the credentials of the moment, for work that takes days: a password that is changed at the service
 * and in Jenkins costs no build anything.
 */
public final class CurrentApi implements SslManagerApi {

    private final Supplier<SslManagerApi> access;

    /** @param access asked before each request; fails with IllegalArgumentException if there are no credentials */
    public CurrentApi(Supplier<SslManagerApi> access) {
        this.access = access;
    }

    private <T> CompletableFuture<T> call(Function<SslManagerApi, CompletableFuture<T>> task) {
        try {
            return task.apply(access.get());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public CompletableFuture<CertificateData> prepareOrder(CertificateData request) {
        return call(api -> api.prepareOrder(request));
    }

    @Override
    public CompletableFuture<Job> reissue(long certificateId, CertificateOrder order, String ctid) {
        return call(api -> api.reissue(certificateId, order, ctid));
    }

    @Override
    public CompletableFuture<Poll> pollInfo() {
        return call(SslManagerApi::pollInfo);
    }

    @Override
    public CompletableFuture<Void> pollConfirm(long messageId) {
        return call(api -> api.pollConfirm(messageId));
    }

    @Override
    public CompletableFuture<Certificate> certificateInfo(long certificateId) {
        return call(api -> api.certificateInfo(certificateId));
    }

    @Override
    public CompletableFuture<List<Certificate>> certificateSearch(Query query) {
        return call(api -> api.certificateSearch(query));
    }

    @Override
    public CompletableFuture<ObjectJob> jobInfo(long jobId) {
        return call(api -> api.jobInfo(jobId));
    }

    @Override
    public CompletableFuture<ObjectJob> jobHistoryInfo(long jobId) {
        return call(api -> api.jobHistoryInfo(jobId));
    }

    @Override
    public CompletableFuture<List<ObjectJob>> jobSearch(Query query) {
        return call(api -> api.jobSearch(query));
    }

    @Override
    public CompletableFuture<List<ObjectJob>> jobHistorySearch(Query query) {
        return call(api -> api.jobHistorySearch(query));
    }

    @Override
    public CompletableFuture<Void> hello() {
        return call(SslManagerApi::hello);
    }
}
