package io.jenkins.plugins.sslmanager.engine.inbox;

import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.PollMessage;
import io.jenkins.plugins.sslmanager.engine.api.ResponseObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The certificates that notifications carried, until whoever waited for their jobs has taken them. In memory alone: the service
 * gives them again.
 */
final class ToldCertificates {

    private static final int MOST = 100;

    private final Map<Long, Certificate> byJob = new LinkedHashMap<>();

    synchronized void add(PollMessage message) {
        ResponseObject object = message.object();
        if (message.job() == null
                || message.job().id() == null
                || object == null
                || object.data() == null
                || !ResponseObject.CERTIFICATE.equalsIgnoreCase(object.type())) {
            return;
        }
        byJob.put(message.job().id(), object.data());
        if (byJob.size() > MOST) {
            byJob.remove(byJob.keySet().iterator().next());
        }
    }

    synchronized Optional<Certificate> take(long jobId) {
        return Optional.ofNullable(byJob.remove(jobId));
    }
}
