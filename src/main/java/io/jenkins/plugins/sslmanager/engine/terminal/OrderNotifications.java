package io.jenkins.plugins.sslmanager.engine.terminal;

import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import io.jenkins.plugins.sslmanager.engine.inbox.Inbox;
import io.jenkins.plugins.sslmanager.engine.inbox.InboxSettings;
import io.jenkins.plugins.sslmanager.engine.inbox.JobEnds;
import io.jenkins.plugins.sslmanager.engine.inbox.JobOutcome;
import io.jenkins.plugins.sslmanager.engine.inbox.QueuePolicy;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Waits for the notification of an order's job. Only messages with the order's own client transaction id leave the queue, which
 * belongs to everybody who uses the account.
 */
final class OrderNotifications implements JobEnds {

    private final TerminalBook book;
    private final String system;
    private final SslManagerApi api;
    private final Pauses pauses;
    private final Instant deadline;
    private final Consumer<String> log;
    private final Map<String, Inbox> inboxes = new HashMap<>();

    OrderNotifications(
            TerminalBook book,
            String system,
            SslManagerApi api,
            Pauses pauses,
            Instant deadline,
            Consumer<String> log) {
        this.book = book;
        this.system = system;
        this.api = api;
        this.pauses = pauses;
        this.deadline = deadline;
        this.log = log;
    }

    @Override
    public CompletableFuture<JobOutcome> of(long jobId) {
        return inbox(jobId).await(jobId, deadline, () -> api, log).ended();
    }

    @Override
    public Optional<Certificate> certificateOf(long jobId) {
        return inbox(jobId).certificateOf(jobId);
    }

    private synchronized Inbox inbox(long jobId) {
        Order order = book.orders()
                .openForJob(system, jobId)
                .orElseThrow(() -> new IllegalStateException("No order has job " + jobId));
        return inboxes.computeIfAbsent(
                order.request().ctid(),
                own -> new Inbox(InboxSettings.standard(QueuePolicy.SHARED, own), book.messages(), pauses, line -> {}));
    }
}
