package io.jenkins.plugins.sslmanager.certificates;

import hudson.model.Job;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.springframework.security.access.AccessDeniedException;

/** The jobs that the viewer may see, as Jenkins itself would show them. For one request. */
final class ReadableJobs {

    private final Map<String, Optional<Job<?, ?>>> known = new HashMap<>();

    Optional<Job<?, ?>> find(String fullName) {
        return known.computeIfAbsent(fullName, ReadableJobs::lookUp);
    }

    private static Optional<Job<?, ?>> lookUp(String fullName) {
        try {
            return Optional.ofNullable(Jenkins.get().getItemByFullName(fullName, Job.class));
        } catch (AccessDeniedException e) {
            // The viewer may know that the job is there, but not see it.
            return Optional.empty();
        }
    }
}
