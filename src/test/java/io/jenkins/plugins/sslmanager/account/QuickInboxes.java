package io.jenkins.plugins.sslmanager.account;

import java.time.Duration;
import org.jvnet.hudson.test.junit.jupiter.FlagExtension;

/** For builds that wait, which otherwise look at the queue every few seconds. */
public final class QuickInboxes {

    private QuickInboxes() {}

    public static FlagExtension<Duration> extension() {
        return new FlagExtension<>(
                () -> Inboxes.firstPause, pause -> Inboxes.firstPause = pause, Duration.ofMillis(100));
    }
}
