package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Cancellation;
import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import io.jenkins.plugins.sslmanager.engine.inbox.JobEnds;
import io.jenkins.plugins.sslmanager.engine.inbox.RunningJobList;
import io.jenkins.plugins.sslmanager.engine.orders.Holder;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import io.jenkins.plugins.sslmanager.engine.orders.Owner;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Who orders, and with what.
 *
 * @param account by which it is ordered: its lasting id
 * @param ctids how client transaction ids shall begin
 * @param me the run that works on the order
 * @param disk for what blocks
 */
public record RotationContext(
        SslManagerApi api,
        JobEnds ends,
        RunningJobList runningJobs,
        OrderBook book,
        Pauses pauses,
        Executor disk,
        String account,
        String ctids,
        Owner owner,
        Holder me) {

    /** Tells whether an order belongs to the job of this run. */
    boolean isOfMyJob(Order order) {
        return me.job().equals(order.owner().job());
    }

    OrderRun run(Consumer<String> log, JobIdentity identity) {
        return new OrderRun(api, book, pauses, disk, log, new Cancellation(), identity);
    }
}
