package io.jenkins.plugins.sslmanager.orders;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Api;
import io.jenkins.plugins.sslmanager.account.AdministratorPage;
import java.util.List;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What an administrator sees of the order book. */
@Extension
@ExportedBean
public final class OrdersPage extends AdministratorPage {

    static final String URL = "ssl-manager-orders";
    static final String ICON = "symbol-journal";
    static final int ENDED_SHOWN = 100;

    public OrdersPage() {
        super(ICON);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.OrdersPage_displayName();
    }

    @Override
    public String getDescription() {
        return Messages.OrdersPage_description();
    }

    @NonNull
    @Override
    public String getUrlName() {
        return URL;
    }

    /** The names of the records that were put aside. */
    @Exported
    public List<String> getDamaged() {
        return BookState.now().damaged();
    }

    /** Tells why nothing can be ordered; null if something can. */
    @CheckForNull
    @Exported
    public String getTrouble() {
        return BookState.now().trouble();
    }

    /** Oldest first. */
    @Exported(inline = true)
    public List<OrderRow> getOpen() {
        return BookState.open().stream().map(OrderRow::new).toList();
    }

    /** Returns the latest ones, last ended first. */
    @Exported(inline = true)
    public List<OrderRow> getEnded() {
        return BookState.ended(ENDED_SHOWN).stream().map(OrderRow::new).toList();
    }

    public Api getApi() {
        return new Api(this);
    }

    /**
     * Returns an order's own page.
     *
     * @throws HttpResponses.HttpResponseException if no order has that ID, or it is gone
     */
    public OrderDetails getOrder(String id) {
        return Orders.get()
                .book()
                .openOrder(id)
                .or(() -> Orders.get().book().ended().withId(id))
                .map(order -> new OrderDetails(order, "manage/" + URL + "/"))
                .orElseThrow(HttpResponses::notFound);
    }
}
