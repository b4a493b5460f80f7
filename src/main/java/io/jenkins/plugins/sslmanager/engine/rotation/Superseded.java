package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import java.io.Serial;
import java.util.concurrent.CompletableFuture;

/** Somebody else's re-issue took the place of an order, whose record has ended so. */
public final class Superseded extends ExpectedFailure {

    @Serial
    private static final long serialVersionUID = 1L;

    private Superseded(String message) {
        super(message);
    }

    /** Ends the record of an order so. */
    static <T> CompletableFuture<T> end(OrderRun run, Order order) {
        String why = "Somebody else has had " + order.certificateName()
                + " re-issued since: the service shows a newer certificate for another key";
        return run.record(order, known -> known.ended(Stage.SUPERSEDED, why))
                .thenCompose(done -> CompletableFuture.failedFuture(
                        new Superseded(why + ". The order of this job (" + order.id() + ") has ended as superseded")));
    }
}
