package io.jenkins.plugins.sslmanager.engine.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import io.jenkins.plugins.sslmanager.engine.orders.OrderReason;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps an order from being repeated night after night that has won nothing: its certificate lasts hardly longer than the one
 * before, or the service goes on asking for what it was given. It is not repeated as long as its certificate is the present one,
 * and half of the time that it had left is not over; so a certificate is never left to run out, and there are few such orders.
 */
record FruitlessOrder(Order order, Instant notBefore) {

    /** @param reason why the certificate would be ordered now */
    static Optional<FruitlessOrder> of(
            OrderBook book, CertificateId certificate, IssuedCertificate present, OrderReason reason, Instant now) {
        if (reason == OrderReason.ON_DEMAND) {
            return Optional.empty();
        }
        String serialNumber = Certificates.serialNumber(present.chain().leaf());
        return book.ended().perhapsFruitless().stream()
                .filter(order -> order.certificate().system().equals(certificate.system()))
                .filter(order -> serialNumber.equals(serialNumberOf(order.issued())))
                .filter(order -> reason == OrderReason.SERVICE_ASKS
                        ? order.request().reason() == OrderReason.SERVICE_ASKS
                        : order.wonTooLittle())
                .map(order -> new FruitlessOrder(order, halfTime(order, present)))
                .filter(fruitless -> now.isBefore(fruitless.notBefore()))
                .findFirst();
    }

    @CheckForNull
    private static String serialNumberOf(@CheckForNull Order.Issued issued) {
        return issued == null ? null : issued.serialNumber();
    }

    private static Instant halfTime(Order order, IssuedCertificate present) {
        Instant end = present.chain().leaf().getNotAfter().toInstant();
        return order.created().plus(Duration.between(order.created(), end).dividedBy(2));
    }

    /** For the log. */
    String told() {
        return "Not ordered again: the last order (" + order.id() + ", "
                + (order.request().reason() == OrderReason.SERVICE_ASKS
                        ? "placed since the service asked for it"
                        : "whose certificate lasts less than " + Order.WORTHWHILE.toDays()
                                + " days longer than the one before")
                + ") would be repeated for nothing. It is ordered again from " + notBefore
                + " on, when the certificate is another one, or with 'force'";
    }
}
