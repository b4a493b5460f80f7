package io.jenkins.plugins.sslmanager.engine.sandbox;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import io.jenkins.plugins.sslmanager.engine.api.SslContact;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/** What the service wants of an order. */
final class OrderChecks {

    private static final Duration RENEWAL_WINDOW = Duration.ofDays(90);

    private OrderChecks() {}

    static CheckedCsr check(CertificateData request) {
        require("certificateData.plain", request.plain());
        require("certificateData.product", request.product());
        return CheckedCsr.of(request.plain());
    }

    /** A re-issue wants the data of a create, for the names and by the method of the certificate. */
    static CheckedCsr check(CertificateOrder order, Certificate current) {
        requireContact("certificate.adminContact.id", order.adminContact());
        requireContact("certificate.technicalContact.id", order.technicalContact());
        require("certificate.name", order.name());
        require("certificate.lifetime", order.lifetime());
        require("certificate.software", order.software());
        require("certificate.csr", order.csr());
        require("certificate.product", order.product());
        require("certificate.authentication", order.authentication());
        require("certificate.authentication.method", order.authentication().method());
        if (!order.authentication().method().equals(current.authentication().method())) {
            throw TaskRefused.otherMethod(order.authentication().method());
        }
        CheckedCsr csr = CheckedCsr.of(order.csr());
        if (!order.name().equalsIgnoreCase(current.name()) || !csr.isFor(order.name())) {
            throw TaskRefused.otherName(order.name());
        }
        return csr;
    }

    /** Of the paid term, since the document calls its end the time "when a runtime renewal must take place". */
    static void requireRenewable(OffsetDateTime payable, Instant now) {
        if (payable.toInstant().isAfter(now.plus(RENEWAL_WINDOW))) {
            throw TaskRefused.tooEarlyToRenew();
        }
    }

    private static void requireContact(String field, @CheckForNull SslContact contact) {
        require(field, contact == null ? null : contact.id());
    }

    private static void require(String field, @CheckForNull Object value) {
        if (value == null || value.toString().isBlank()) {
            throw TaskRefused.wrongValue(field, value);
        }
    }
}
