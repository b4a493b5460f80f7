package io.jenkins.plugins.sslmanager.engine.simulation;

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

/** Does what another does; the base of those that do one thing otherwise. */
abstract class ForwardingApi implements SslManagerApi {

    private final SslManagerApi real;

    ForwardingApi(SslManagerApi real) {
        this.real = real;
    }

    @Override
    public CompletableFuture<CertificateData> prepareOrder(CertificateData request) {
        return real.prepareOrder(request);
    }

    @Override
    public CompletableFuture<Job> reissue(long certificateId, CertificateOrder order, String ctid) {
        return real.reissue(certificateId, order, ctid);
    }

    @Override
    public CompletableFuture<Poll> pollInfo() {
        return real.pollInfo();
    }

    @Override
    public CompletableFuture<Void> pollConfirm(long messageId) {
        return real.pollConfirm(messageId);
    }

    @Override
    public CompletableFuture<Certificate> certificateInfo(long certificateId) {
        return real.certificateInfo(certificateId);
    }

    @Override
    public CompletableFuture<ObjectJob> jobInfo(long jobId) {
        return real.jobInfo(jobId);
    }

    @Override
    public CompletableFuture<ObjectJob> jobHistoryInfo(long jobId) {
        return real.jobHistoryInfo(jobId);
    }

    @Override
    public CompletableFuture<List<ObjectJob>> jobSearch(Query query) {
        return real.jobSearch(query);
    }

    @Override
    public CompletableFuture<List<Certificate>> certificateSearch(Query query) {
        return real.certificateSearch(query);
    }

    @Override
    public CompletableFuture<List<ObjectJob>> jobHistorySearch(Query query) {
        return real.jobHistorySearch(query);
    }

    @Override
    public CompletableFuture<Void> hello() {
        return real.hello();
    }
}
