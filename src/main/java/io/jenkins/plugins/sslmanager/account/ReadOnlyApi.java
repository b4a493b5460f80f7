package io.jenkins.plugins.sslmanager.account;

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

/**
 * An account's API where nothing may be changed at the service. It extends no other one, so that a task that is added to the API
 * has to be decided on here.
 */
final class ReadOnlyApi implements SslManagerApi {

    private final SslManagerApi account;

    ReadOnlyApi(SslManagerApi account) {
        this.account = account;
    }

    @Override
    public SslManagerApi patient() {
        return new ReadOnlyApi(account.patient());
    }

    @Override
    public CompletableFuture<Job> reissue(long certificateId, CertificateOrder order, String ctid) {
        return CompletableFuture.failedFuture(ReadOnlyController.refusal("nothing is ordered"));
    }

    @Override
    public CompletableFuture<Job> renew(long certificateId, CertificateOrder order, String ctid) {
        return CompletableFuture.failedFuture(ReadOnlyController.refusal("nothing is renewed"));
    }

    @Override
    public CompletableFuture<Void> pollConfirm(long messageId) {
        return CompletableFuture.failedFuture(ReadOnlyController.refusal("no notification is confirmed"));
    }

    @Override
    public CompletableFuture<CertificateData> prepareOrder(CertificateData request) {
        return account.prepareOrder(request);
    }

    @Override
    public CompletableFuture<Poll> pollInfo() {
        return account.pollInfo();
    }

    @Override
    public CompletableFuture<Certificate> certificateInfo(long certificateId) {
        return account.certificateInfo(certificateId);
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
