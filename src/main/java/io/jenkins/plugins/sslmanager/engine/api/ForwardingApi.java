package io.jenkins.plugins.sslmanager.engine.api;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Hands each task on to another API. Its subclasses say in one place to which, and what happens on the way. */
public abstract class ForwardingApi implements SslManagerApi {

    /**
     * @param task by its name in the JSON API
     * @param request makes it of the API that it is given
     */
    protected abstract <T> CompletableFuture<T> call(Task task, Function<SslManagerApi, CompletableFuture<T>> request);

    @Override
    public CompletableFuture<CertificateData> prepareOrder(CertificateData request) {
        return call(Task.PREPARE_ORDER, api -> api.prepareOrder(request));
    }

    @Override
    public CompletableFuture<Job> reissue(long certificateId, CertificateOrder order, String ctid) {
        return call(Task.REISSUE, api -> api.reissue(certificateId, order, ctid));
    }

    @Override
    public CompletableFuture<Job> renew(long certificateId, CertificateOrder order, String ctid) {
        return call(Task.RENEW, api -> api.renew(certificateId, order, ctid));
    }

    @Override
    public CompletableFuture<Poll> pollInfo() {
        return call(Task.POLL_INFO, SslManagerApi::pollInfo);
    }

    @Override
    public CompletableFuture<Void> pollConfirm(long messageId) {
        return call(Task.POLL_CONFIRM, api -> api.pollConfirm(messageId));
    }

    @Override
    public CompletableFuture<Certificate> certificateInfo(long certificateId) {
        return call(Task.CERTIFICATE_INFO, api -> api.certificateInfo(certificateId));
    }

    @Override
    public CompletableFuture<List<Certificate>> certificateSearch(Query query) {
        return call(Task.CERTIFICATE_SEARCH, api -> api.certificateSearch(query));
    }

    @Override
    public CompletableFuture<ObjectJob> jobInfo(long jobId) {
        return call(Task.JOB_INFO, api -> api.jobInfo(jobId));
    }

    @Override
    public CompletableFuture<ObjectJob> jobHistoryInfo(long jobId) {
        return call(Task.JOB_HISTORY_INFO, api -> api.jobHistoryInfo(jobId));
    }

    @Override
    public CompletableFuture<List<ObjectJob>> jobSearch(Query query) {
        return call(Task.JOB_SEARCH, api -> api.jobSearch(query));
    }

    @Override
    public CompletableFuture<List<ObjectJob>> jobHistorySearch(Query query) {
        return call(Task.JOB_HISTORY_SEARCH, api -> api.jobHistorySearch(query));
    }

    @Override
    public CompletableFuture<Void> hello() {
        return call(Task.HELLO, SslManagerApi::hello);
    }

    @Override
    public SslManagerApi patient() {
        return new Patient(this);
    }

    private static final class Patient extends ForwardingApi {

        private final ForwardingApi hurried;

        Patient(ForwardingApi hurried) {
            this.hurried = hurried;
        }

        @Override
        protected <T> CompletableFuture<T> call(Task task, Function<SslManagerApi, CompletableFuture<T>> request) {
            return hurried.call(task, api -> request.apply(api.patient()));
        }
    }
}
