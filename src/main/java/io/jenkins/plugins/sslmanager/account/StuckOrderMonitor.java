package io.jenkins.plugins.sslmanager.account;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.sslmanager.engine.inbox.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Tells an administrator of orders that builds have been waiting for longer than any should take. */
@Extension
public final class StuckOrderMonitor extends AdministrativeMonitor {

    /** Tests are less patient. */
    static Duration patience = Duration.ofDays(3);

    @Override
    public String getDisplayName() {
        return Messages.StuckOrderMonitor_displayName();
    }

    @Override
    public boolean isActivated() {
        return !getOrders().isEmpty();
    }

    public List<Row> getOrders() {
        Instant latest = Instant.now().minus(patience);
        return Inboxes.get().waits().entrySet().stream()
                .filter(entry -> entry.getKey().since().isBefore(latest))
                .map(Row::new)
                .toList();
    }

    public long getDays() {
        return patience.toDays();
    }

    /** A build that waits for an order. */
    public static final class Row {

        private final Wait wait;
        private final String build;

        Row(Map.Entry<Wait, String> entry) {
            wait = entry.getKey();
            build = entry.getValue();
        }

        public String getBuild() {
            return build;
        }

        /** What is known of the service's job. */
        public String getStatus() {
            return wait.status();
        }

        public String getSince() {
            return wait.since().toString();
        }
    }
}
