package io.jenkins.plugins.sslmanager.orders;

import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;

/** How far an order is, for people. */
final class OrderWords {

    private OrderWords() {}

    static String of(Stage stage) {
        return switch (stage) {
            case PREPARED -> Messages.OrderWords_prepared();
            case ORDERING -> Messages.OrderWords_ordering();
            case ORDERED -> Messages.OrderWords_ordered();
            case ISSUED -> Messages.OrderWords_issued();
            case DELIVERED -> Messages.OrderWords_delivered();
            case FAILED -> Messages.OrderWords_failed();
            case WITHDRAWN -> Messages.OrderWords_withdrawn();
            case SUPERSEDED -> Messages.OrderWords_superseded();
            case GIVEN_UP -> Messages.OrderWords_givenUp();
        };
    }

    /** What it waits for; empty once it has ended. */
    static String waitsFor(Order order) {
        if (!order.stage().isOpen()) {
            return "";
        }
        if (order.owner().job() == null) {
            return Messages.OrderWords_waitsForAdministrator();
        }
        return switch (order.stage()) {
            case PREPARED ->
                order.holder() == null
                        ? Messages.OrderWords_waitsForNextBuildToOrder()
                        : Messages.OrderWords_waitsForBuildToOrder();
            case ORDERING ->
                order.emptyLooks() == 0
                        ? Messages.OrderWords_waitsForAnswer()
                        : Messages.OrderWords_inDoubt(order.emptyLooks());
            case ORDERED -> order.holder() == null && order.hasKey() ? serviceThenBuild(order) : service(order);
            default ->
                order.holder() == null
                        ? Messages.OrderWords_waitsForNextBuildToDeliver()
                        : Messages.OrderWords_waitsForBuildToDeliver();
        };
    }

    private static String serviceThenBuild(Order order) {
        return Messages.OrderWords_waitsForServiceThenBuild(service(order));
    }

    private static String service(Order order) {
        return order.jobId() == 0
                ? Messages.OrderWords_waitsForCertificate()
                : Messages.OrderWords_waitsForJob(Long.toString(order.jobId()));
    }
}
