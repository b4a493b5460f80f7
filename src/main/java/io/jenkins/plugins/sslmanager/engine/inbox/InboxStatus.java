package io.jenkins.plugins.sslmanager.engine.inbox;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.Poll;
import io.jenkins.plugins.sslmanager.engine.api.PollMessage;
import java.time.Instant;
import java.util.List;

/**
 * How an inbox stands.
 *
 * @param trouble why the last look failed, null if it did not
 * @param waiting the ids of the jobs that somebody waits for
 * @param stored the messages kept, newest first
 */
public record InboxStatus(Queue queue, @CheckForNull String trouble, List<Long> waiting, List<StoredMessage> stored) {

    /**
     * The queue at the last look.
     *
     * @param head the oldest unconfirmed message, null if there was none
     * @param length how many waited
     * @param seen when, null if never
     */
    public record Queue(
            @CheckForNull PollMessage head,
            int length,
            @CheckForNull Instant seen) {

        static Queue unknown() {
            return new Queue(null, 0, null);
        }

        Queue withoutHead() {
            return new Queue(null, Math.max(0, length - 1), seen);
        }

        static Queue seen(Poll poll, Instant now) {
            return new Queue(poll.message().orElse(null), poll.waiting(), now);
        }
    }
}
