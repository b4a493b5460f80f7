package io.jenkins.plugins.sslmanager.orders;

import hudson.model.Failure;
import hudson.model.Job;
import hudson.model.ModelObject;
import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.Owner;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** All that people may know of an order, and what an administrator can do about it. */
public final class OrderDetails implements ModelObject {

    private static final Logger LOGGER = Logger.getLogger(OrderDetails.class.getName());

    private final Order order;
    private final String overview;

    /** @param overview the address to go to once the order was changed, relative to Jenkins' root */
    OrderDetails(Order order, String overview) {
        this.order = order;
        this.overview = overview;
    }

    @Override
    public String getDisplayName() {
        return order.certificateName();
    }

    public OrderRow getRow() {
        return new OrderRow(order);
    }

    /** Ends the order here, so that the certificate can be ordered anew. Nothing is cancelled at the service. */
    @POST
    public HttpResponse doGiveUp() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return change(() -> Orders.get().book().giveUp(order.id(), "Given up by " + person() + " on the orders page"));
    }

    /**
     * Gives order and key to another job, whose next build goes on with it.
     *
     * @param job the full name
     * @param confirmed whether the person knows that the job's builds get the private key
     */
    @POST
    public HttpResponse doHandOver(@QueryParameter String job, @QueryParameter boolean confirmed) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        Job<?, ?> next = Jenkins.get().getItemByFullName(job.trim(), Job.class);
        if (next == null) {
            throw new Failure(Messages.OrderDetails_unknownJob(job));
        }
        if (!confirmed) {
            throw new Failure(Messages.OrderDetails_notConfirmed());
        }
        // Those who may see the new job must not learn the name of the one before.
        Owner owner = new Owner(next.getFullName(), order.owner().startedBy() + "; handed over by " + person());
        return change(() -> Orders.get().book().handOver(order.id(), owner));
    }

    private HttpResponse change(Supplier<Order> change) {
        try {
            Order now = change.get();
            LOGGER.log(
                    Level.INFO,
                    () -> person() + " has changed " + order + ", of job '"
                            + order.owner().job() + "', to " + now.stage() + ", of job '"
                            + now.owner().job() + "'");
        } catch (ExpectedFailure e) {
            throw new Failure(e.getMessage());
        }
        return HttpResponses.redirectViaContextPath(overview);
    }

    private static String person() {
        return Jenkins.getAuthentication2().getName();
    }
}
