package io.jenkins.plugins.sslmanager.engine.simulation;

import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.simulation.Ledger.Placed;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold of a controller's orders, whatever happens. */
final class OrderRules {

    private final World world;
    private final Controller controller;
    private final Set<String> delivered = new HashSet<>();
    private final Set<String> excused = new HashSet<>();
    private final Set<String> givenUp = new HashSet<>();

    OrderRules(World world, Controller controller) {
        this.world = world;
        this.controller = controller;
    }

    /** This key is where it was wanted. */
    void isDelivered(String key) {
        delivered.add(key);
    }

    /** The disk itself has destroyed the record of this key. */
    void isExcused(String key) {
        excused.add(key);
    }

    /** Whether a job will end soon whose order's record is damaged, so that it is worth while to wait for it. */
    boolean hasDamagedAndRunning() {
        return world.ledger().all().stream()
                .anyMatch(order -> order.isOf(controller)
                        && excused.contains(order.key())
                        && order.end() != null
                        && order.runsAt(world.time().instant()));
    }

    /** An administrator has deleted records, and answers for what stands at the service. */
    void isMended() {
        world.ledger().all().stream()
                .filter(order -> order.isOf(controller) && excused.contains(order.key()))
                .forEach(order -> givenUp.add(order.ctid()));
    }

    /** At the instant when the service accepts an order. */
    void ordered(Placed order) {
        world.others().meddleWith(order.certificate());
        requireKey(order, "was sent before it was on disk: order " + order.ctid());
        requireOnlyRenewal(order);
        requireAnnounced(order);
        for (Placed other : world.ledger().of(order.certificate())) {
            if (other == order || !other.isOf(controller)) {
                continue;
            }
            if (other.ctid().equals(order.ctid()) && !other.key().equals(order.key())) {
                world.story().violated("order " + order.ctid() + " was sent with two keys");
            }
            if (!other.ctid().equals(order.ctid())
                    && other.succeeds()
                    && other.runsAt(world.time().instant())
                    && !isGivenUp(other.ctid())) {
                world.story()
                        .violated("certificate " + order.certificate() + " has two open orders: " + other.ctid()
                                + " and " + order.ctid());
            }
        }
        if (!excused.contains(order.key()) && hasDamagedRecord(order.certificate())) {
            world.story().violated("certificate " + order.certificate() + " was ordered though its record is damaged");
        }
    }

    /** Whatever a person says: what is billed once is not billed again for the same term. */
    private void requireOnlyRenewal(Placed order) {
        if (order.renewal()) {
            world.ledger().of(order.certificate()).stream()
                    .filter(other -> other != order && other.renewal() && !excused.contains(other.key()))
                    .findFirst()
                    .ifPresent(other -> world.story()
                            .violated("certificate " + order.certificate() + " was renewed twice: " + other.ctid()
                                    + " and " + order.ctid()));
        }
    }

    private boolean hasDamagedRecord(SimulatedCertificate certificate) {
        return controller.hasDamagedRecord(certificate.firstNumber())
                || controller.hasDamagedRecord(world.ledger().number(certificate));
    }

    /** Whether a person has decided that another order may be placed beside this one. */
    private boolean isGivenUp(String ctid) {
        String id = ctid.substring(controller.ownCtids().length());
        return givenUp.contains(ctid)
                || controller.disk().files("/" + Controller.ORDERS + "/ended/").stream()
                        .anyMatch(file -> file.contains(id)
                                && controller.disk().text(file).contains("\"GIVEN_UP\""));
    }

    /** That of each order that stands at the service the key is in the book, or was delivered. */
    void requireKeys() {
        for (Placed order : world.ledger().all()) {
            if (order.isOf(controller) && world.ledger().stands(order)) {
                requireKey(order, "is lost: the key of order " + order.ctid() + ", job " + order.jobId());
            }
        }
    }

    private void requireKey(Placed order, String what) {
        if (!delivered.contains(order.key())
                && !excused.contains(order.key())
                && !controller.disk().surelyHolds("/" + Controller.ORDERS + "/", text -> isSealed(text, order.key()))) {
            world.story().violated(what);
        }
    }

    private void requireAnnounced(Placed order) {
        long times = world.ledger().all().stream()
                .filter(placed -> placed.ctid().equals(order.ctid()))
                .count();
        boolean announced = times <= 1
                || excused.contains(order.key())
                || controller
                        .disk()
                        .surelyHolds(
                                "/" + Controller.ORDERS + "/",
                                text -> text.contains(order.ctid()) && text.contains("\"sent\":" + times));
        if (!announced) {
            world.story().violated("order " + order.ctid() + " was sent more often than the book says: " + times);
        }
    }

    private static boolean isSealed(String text, String key) {
        return text.contains(key) && text.contains("\"sealedKey\":\"");
    }

    /** That nothing comes any more of an order whose end was told. */
    void requireEnded(String ctid) {
        for (Placed order : world.ledger().all()) {
            if (order.ctid().equals(ctid) && world.ledger().stands(order)) {
                world.story().violated("order " + ctid + " was said to have ended, and stands: job " + order.jobId());
            }
        }
    }

    /** That no order has taken somebody else's job for its own. */
    void requireKnownJobs() {
        for (Order order : controller.life().book().openOrders()) {
            boolean foreign = order.jobId() != 0
                    && world.ledger().all().stream()
                            .noneMatch(placed -> placed.jobId() == order.jobId()
                                    && placed.key().equals(order.request().publicKeySha256()));
            if (foreign) {
                world.story()
                        .violated("order " + order.id() + " takes job " + order.jobId()
                                + " of somebody else for its own");
            }
        }
    }

    /** That what the service has for us is where it was wanted, once all is quiet. */
    void requireDelivered(List<SimulatedCertificate> certificates) {
        for (SimulatedCertificate certificate : certificates) {
            world.ledger()
                    .current(certificate)
                    .filter(order -> order.isOf(controller)
                            && !delivered.contains(order.key())
                            && !excused.contains(order.key())
                            && !isGivenUp(order.ctid()))
                    .ifPresent(order -> world.story()
                            .violated("the certificate of order " + order.ctid() + " was never delivered"));
        }
    }
}
