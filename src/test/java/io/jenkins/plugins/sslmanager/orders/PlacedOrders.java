package io.jenkins.plugins.sslmanager.orders;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Holder;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import io.jenkins.plugins.sslmanager.engine.orders.OrderEntry;
import io.jenkins.plugins.sslmanager.engine.orders.OrderReason;
import io.jenkins.plugins.sslmanager.engine.orders.OrderTask;
import io.jenkins.plugins.sslmanager.engine.orders.Owner;
import io.jenkins.plugins.sslmanager.engine.orders.ServiceSystem;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.List;
import org.jvnet.hudson.test.SleepBuilder;

/** Orders in the book of the Jenkins under test that no build has to place first. */
final class PlacedOrders {

    static final KeyPair KEYS = KeyAlgorithm.EC_P256.generate();
    static final long SERVICE_JOB = 9218001;

    private PlacedOrders() {}

    static OrderBook book() {
        return Orders.get().book();
    }

    /** The first build of a job. */
    static Holder build(String job) {
        return new Holder(job, "#1", "3");
    }

    /** Has the first build run until it is stopped, so that Jenkins does not take it for over. */
    static FreeStyleBuild startBuild(FreeStyleProject job) throws Exception {
        job.getBuildersList().add(new SleepBuilder(Duration.ofHours(1).toMillis()));
        return job.scheduleBuild2(0).waitForStart();
    }

    /** For the next test. */
    static void giveAllUp() {
        book().openOrders().forEach(order -> book().giveUp(order.id(), "The test is over"));
    }

    /** Its build has made the key. */
    static Order prepared(String job, long certificate, String name) {
        return begin(job, certificate, name, KEYS.getPrivate());
    }

    private static Order begin(String job, long certificate, String name, PrivateKey key) {
        return book().begin(
                        new OrderEntry(
                                new CertificateId(ServiceSystem.LIVE, certificate),
                                name,
                                "production",
                                CertificateSigningRequest.create(KEYS, name, List.of()),
                                key,
                                "0A",
                                true,
                                List.of(name),
                                OrderTask.REISSUE,
                                null,
                                OrderReason.ON_DEMAND,
                                null),
                        "jenkins-",
                        new Owner(job, "Started by user <b>alice</b>"),
                        build(job));
    }

    /** Sent, and the answer is lost. */
    static Order sent(String job, long certificate, String name) {
        return book().advance(prepared(job, certificate, name), Order::sending);
    }

    /** The service works on it. */
    static Order ordered(String job, long certificate, String name) {
        return book().advance(sent(job, certificate, name), order -> order.accepted(SERVICE_JOB));
    }

    /** The same for a CSR that was brought along. */
    static Order orderedWithoutKey(String job, long certificate, String name) {
        Order sent = book().advance(begin(job, certificate, name, null), Order::sending);
        return book().advance(sent, order -> order.accepted(SERVICE_JOB));
    }

    static Order issued(String job, long certificate, String name) {
        return book().advance(
                        ordered(job, certificate, name),
                        order -> order.issuedAs(new Order.Issued(certificate, "0B", null)));
    }

    static Order delivered(String job, long certificate, String name) {
        return book().advance(issued(job, certificate, name), Order::delivered);
    }

    /** As when its build has ended. */
    static Order released(Order order) {
        book().release(order.id(), order.holder());
        return now(order);
    }

    static Order now(Order order) {
        return book().openOrder(order.id())
                .or(() -> book().ended().withId(order.id()))
                .orElseThrow();
    }
}
