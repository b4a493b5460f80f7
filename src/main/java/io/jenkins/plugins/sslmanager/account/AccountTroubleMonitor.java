package io.jenkins.plugins.sslmanager.account;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.sslmanager.engine.inbox.Outage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Tells an administrator that the queue of an account cannot be read: at once if the access is refused, else if it lasts. */
@Extension
public final class AccountTroubleMonitor extends AdministrativeMonitor {

    /** Tests are less patient. */
    static Duration patience = Duration.ofHours(1);

    /** The trouble of an account that nobody asks any more is old news. */
    private static final Duration NEWS = Duration.ofDays(1);

    @Override
    public String getDisplayName() {
        return Messages.AccountTroubleMonitor_displayName();
    }

    @Override
    public boolean isActivated() {
        return !getTroubles().isEmpty();
    }

    public List<Row> getTroubles() {
        Instant yesterday = Instant.now().minus(NEWS);
        return Inboxes.get().troubles().entrySet().stream()
                .filter(entry -> isForSomebodyToPutRight(entry.getValue()))
                .filter(entry -> entry.getValue().last().isAfter(yesterday))
                .map(Row::new)
                .toList();
    }

    /** Credentials that the service does not take end the waits of builds after an hour, so that is told before. */
    private static boolean isForSomebodyToPutRight(Outage trouble) {
        return trouble.refusal() || trouble.duration().compareTo(patience) >= 0;
    }

    /** A user's trouble. */
    public static final class Row {

        private final String identity;
        private final Outage trouble;

        Row(Map.Entry<String, Outage> entry) {
            identity = entry.getKey();
            trouble = entry.getValue();
        }

        public String getIdentity() {
            return identity;
        }

        public String getWhat() {
            return trouble.what();
        }

        public String getSince() {
            return trouble.since().toString();
        }
    }
}
