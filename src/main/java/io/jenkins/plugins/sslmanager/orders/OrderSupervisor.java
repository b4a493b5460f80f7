package io.jenkins.plugins.sslmanager.orders;

import hudson.Extension;
import hudson.init.InitMilestone;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import io.jenkins.plugins.sslmanager.account.Inboxes;
import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import io.jenkins.plugins.sslmanager.engine.orders.Holder;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import java.time.Duration;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** Compares every minute what lives with the builds that exist, and ends what belongs to none of them. */
@Extension
public final class OrderSupervisor extends AsyncPeriodicWork {

    private static final Logger LOGGER = Logger.getLogger(OrderSupervisor.class.getName());
    private static final Duration BETWEEN_CLEANINGS = Duration.ofDays(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofHours(1);

    private Instant lastCleaned = Instant.MIN;
    private Instant lastLook = Instant.MIN;

    public OrderSupervisor() {
        super("SSL Manager: orders and the builds that they belong to");
    }

    @Override
    public long getRecurrencePeriod() {
        return MIN;
    }

    @Override
    protected Level getNormalLoggingLevel() {
        return Level.FINEST;
    }

    @Override
    protected void execute(TaskListener listener) {
        if (Jenkins.get().isTerminating() || Jenkins.get().getInitLevel() != InitMilestone.COMPLETED) {
            return;
        }
        look(Instant.now());
    }

    void look(Instant now) {
        RunsAtWork.get().abandonWhatIsOver();
        Inboxes.get().supervise(now);
        OrderBook book = Orders.get().book();
        releaseWhatIsOver(book);
        if (lastCleaned.isBefore(now.minus(BETWEEN_CLEANINGS))) {
            lastCleaned = now;
            book.clean();
        }
        if (lastLook.isBefore(now.minus(BETWEEN_LOOKS))) {
            lastLook = now;
            OrdersWithoutKey.inspect(book);
        }
    }

    private static void releaseWhatIsOver(OrderBook book) {
        for (Order order : book.openOrders()) {
            Holder holder = order.holder();
            if (holder != null && RunsAtWork.get().isOver(holder)) {
                try {
                    book.release(order.id(), holder);
                } catch (ExpectedFailure e) {
                    LOGGER.log(Level.WARNING, e::getMessage);
                }
            }
        }
    }
}
