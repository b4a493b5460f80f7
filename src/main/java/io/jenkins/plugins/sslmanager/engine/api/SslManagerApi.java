package io.jenkins.plugins.sslmanager.engine.api;

import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The tasks of the SSL Manager that a re-issue needs, over whichever protocol the account uses.
 *
 * <p>No method blocks. Every future fails with an {@link ApiException} alone, and cancelling it ends the request. Arguments
 * and results are never null unless marked.
 */
public interface SslManagerApi {

    /**
     * The service's time zone, in which the dates of the XML API are, since they carry none. InterNetX's help page "Managing
     * Certificate Orders" shows the same job over both protocols, created at {@code 2019-10-23T16:12:33.000+0200} over JSON
     * and at {@code 2019-10-23 16:12:33} over XML: that is the time of Regensburg, with daylight saving. In the hour that
     * autumn has twice, the first is meant.
     */
    ZoneId TIME_ZONE = ZoneId.of("Europe/Berlin");

    /**
     * CertificatePrepareOrder (400110): has the service check a CSR and make the data that prove control of its domains.
     * Changes nothing, so it may be repeated.
     */
    CompletableFuture<CertificateData> prepareOrder(CertificateData request);

    /**
     * CertificateReissue (400102): orders a new certificate for a new key. The answer is the job that does it; only its id
     * is certain. Never repeated once the service may have seen it, see {@link ApiException#mayHaveActed()}.
     *
     * @param ctid the client transaction id, which comes back on the job's notification
     */
    CompletableFuture<Job> reissue(long certificateId, CertificateOrder order, String ctid);

    /**
     * CertificateRenew (400106): orders a certificate for a further term, which is billed. Everything else is as with {@link
     * #reissue}.
     */
    CompletableFuture<Job> renew(long certificateId, CertificateOrder order, String ctid);

    /** PollInfo (0905): the oldest notification that nobody has confirmed, without taking it out of the queue. */
    CompletableFuture<Poll> pollInfo();

    /** PollConfirm (0906): takes a notification out of the queue for good. */
    CompletableFuture<Void> pollConfirm(long messageId);

    /** CertificateInfo (400104): a certificate with its PEM and the chain. */
    CompletableFuture<Certificate> certificateInfo(long certificateId);

    /**
     * CertificateList (400105): the certificates that match, each with its number and name at least. Neither the certificate
     * itself nor its chain need be there.
     */
    CompletableFuture<List<Certificate>> certificateSearch(Query query);

    /**
     * JobInfo (300114, over XML 400114): a job that still runs; one that has ended is refused with
     * {@link ApiException#JOB_NOT_FOUND}.
     */
    CompletableFuture<ObjectJob> jobInfo(long jobId);

    /** JobHistoryInfo (300134, over XML 400134): a job that has ended. */
    CompletableFuture<ObjectJob> jobHistoryInfo(long jobId);

    /** JobList (300115, over XML 400115): the jobs that still run and match. */
    CompletableFuture<List<ObjectJob>> jobSearch(Query query);

    /** JobHistoryList (300135, over XML 400135): the jobs that have ended and match; the query needs a period. */
    CompletableFuture<List<ObjectJob>> jobHistorySearch(Query query);

    /** Hello: whether the service is there and takes the credentials; does nothing else. */
    CompletableFuture<Void> hello();

    /**
     * The same tasks for whoever is in no hurry: where the service's limit holds requests up, these go out after all others.
     * For looks at many certificates, of which most need nothing.
     */
    default SslManagerApi patient() {
        return this;
    }
}
