package io.jenkins.plugins.sslmanager.engine.sandbox;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicLong;

/** The ids that the service gives, each once, whoever the account is. */
final class Numbering {

    private final AtomicLong certificates = new AtomicLong(1001);
    private final AtomicLong orders = new AtomicLong(2_743_001);
    private final AtomicLong jobs = new AtomicLong(9_218_001);
    private final AtomicLong messages = new AtomicLong(1_405_001);
    private final AtomicLong transactions = new AtomicLong(1);

    long certificateId() {
        return certificates.getAndIncrement();
    }

    String orderId() {
        return Long.toString(orders.getAndIncrement());
    }

    long jobId() {
        return jobs.getAndIncrement();
    }

    long messageId() {
        return messages.getAndIncrement();
    }

    /** Such as {@code 20261124-sandbox-17}. */
    String stid(Instant now) {
        return DateTimeFormatter.BASIC_ISO_DATE.format(ServiceTime.at(now).toLocalDate()) + "-sandbox-"
                + transactions.getAndIncrement();
    }
}
