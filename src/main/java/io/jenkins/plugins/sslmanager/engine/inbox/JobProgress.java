package io.jenkins.plugins.sslmanager.engine.inbox;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.ForeignText;
import io.jenkins.plugins.sslmanager.engine.api.JobStatus;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import java.util.stream.Collectors;

/** A running job in a line, for a build's log and status. */
public final class JobProgress {

    private static final int MAX_LENGTH = 500;

    private JobProgress() {}

    public static String told(ObjectJob running) {
        @CheckForNull String subStatus = running.job().subStatus();
        StringBuilder line = new StringBuilder()
                .append("job ")
                .append(running.job().id())
                .append(" is ")
                .append(running.job().status());
        if (subStatus != null) {
            line.append(" (").append(subStatus).append(')');
        }
        if (JobStatus.SUPPORT.equals(running.job().status())) {
            line.append(", so InterNetX's support has to act");
        }
        if (running.dcvAuth() != null && !running.dcvAuth().isEmpty()) {
            line.append("; validation: ")
                    .append(running.dcvAuth().stream()
                            .map(domain -> domain.domain() + " " + domain.status())
                            .collect(Collectors.joining(", ")));
        }
        if (running.authentication() != null && !running.authentication().isEmpty()) {
            line.append("; authentication: ")
                    .append(running.authentication().stream()
                            .map(step -> step.step() + " " + step.status())
                            .collect(Collectors.joining(", ")));
        }
        if (running.job().execution() != null
                && JobStatus.DEFERRED.equals(running.job().status())) {
            line.append("; next try ").append(running.job().execution().toInstant());
        }
        return ForeignText.oneLine(line.toString(), MAX_LENGTH);
    }
}
