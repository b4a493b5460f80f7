package io.jenkins.plugins.sslmanager.engine.terminal.examination;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** Asks a service about one certificate over one or both protocols, and writes down what it told. */
public final class Examination {

    /**
     * The service counts by the caller's address, whichever protocol is spoken; the pace of requests is kept for each of its
     * addresses alone.
     */
    private static final Duration BETWEEN_PROTOCOLS = Duration.ofSeconds(2);

    private Examination() {}

    /**
     * @return the report, in Markdown
     * @throws ApiException if a service is not there or does not take the credentials
     */
    public static String report(List<ExaminedService> services, long certificateId, Pauses pauses)
            throws InterruptedException, ExecutionException {
        List<Findings> findings = new ArrayList<>();
        for (ExaminedService service : services) {
            if (!findings.isEmpty()) {
                pauses.pause(BETWEEN_PROTOCOLS).get();
            }
            findings.add(new Inquiry(
                            service,
                            pauses.instant().atZone(SslManagerApi.TIME_ZONE).toOffsetDateTime())
                    .of(certificateId));
        }
        return new ExaminationReport(pauses.instant()).of(findings);
    }
}
