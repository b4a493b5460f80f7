package io.jenkins.plugins.sslmanager.engine.orders;

import io.jenkins.plugins.sslmanager.engine.storage.StorageException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The open orders. Of those that the service may know there is at most one for each certificate; one that is prepared keeps only
 * its own job from preparing another, since it may wait for days until it is sent. Each change is on the disk before it counts,
 * and no two happen at the same time.
 */
final class OpenOrders {

    private final OrderRecords records;
    private final CertificateNumbers numbers;
    private final DamagedRecords damage;
    private final KeptKeys keys;
    private final InstantSource clock;
    private final OrderListener listener;

    /** @param keys gets the keys of orders that end before their certificate has come */
    OpenOrders(
            OrderRecords records,
            CertificateNumbers numbers,
            DamagedRecords damage,
            KeptKeys keys,
            InstantSource clock,
            OrderListener listener) {
        this.records = records;
        this.numbers = numbers;
        this.damage = damage;
        this.keys = keys;
        this.clock = clock;
        this.listener = listener;
    }

    synchronized CertificateId current(CertificateId given) {
        return numbers.current(given);
    }

    synchronized Optional<Order> forCertificate(CertificateId given) {
        return first(ofCertificate(given));
    }

    /** Returns the one that a job has to do with: what it has begun, or what the service may know of any job. */
    synchronized Optional<Order> forCertificate(CertificateId given, String job) {
        return first(ofCertificate(given)
                .filter(order -> order.stage().mayBeAtService() || order.owner().isJob(job)));
    }

    private Stream<Order> ofCertificate(CertificateId given) {
        CertificateId now = numbers.current(given);
        damage.requireNoneConcerning(now);
        return records.open().stream()
                .filter(order -> order.certificates().stream()
                        .anyMatch(each -> numbers.current(each).equals(now)));
    }

    private static Optional<Order> first(Stream<Order> orders) {
        return orders.max(Comparator.comparing(order -> order.stage().mayBeAtService()));
    }

    synchronized Optional<Order> withId(String id) {
        return Optional.ofNullable(records.open(id));
    }

    /** Returns the first that is so, oldest first. */
    Optional<Order> first(Predicate<Order> which) {
        return all().stream().filter(which).findFirst();
    }

    /** Returns all of them, oldest first. */
    synchronized List<Order> all() {
        return records.open().stream()
                .sorted(Comparator.comparing(Order::created))
                .toList();
    }

    /**
     * Adds an order, unless its certificate has one at the service, or this job has prepared one.
     *
     * @throws OrderBookException of the kind NOT_YOURS if it has, and of the kind DAMAGED if that cannot be told
     */
    synchronized Order add(CertificateId certificate, String job, Supplier<Order> order) {
        forCertificate(certificate, job).ifPresent(other -> {
            throw orderedAlready(other);
        });
        return write(order.get());
    }

    private static OrderBookException orderedAlready(Order other) {
        return new OrderBookException(
                OrderBookException.Kind.NOT_YOURS,
                "Certificate " + other.certificate() + " has been ordered already (" + other.stage() + ", order "
                        + other.id() + "). One certificate has one order at a time");
    }

    /**
     * Replaces the record of an order.
     *
     * @param change gives back the very record that it gets where nothing is to be changed
     * @return the record that counts from here on; empty if the order is not open any more
     */
    synchronized Optional<Order> change(String id, UnaryOperator<Order> change) {
        return withId(id).map(now -> {
            Order next = change.apply(now);
            if (next == now) {
                return now;
            }
            if (next.stage().mayBeAtService() && !now.stage().mayBeAtService()) {
                overtakeOthers(next);
            }
            return write(next);
        });
    }

    /**
     * What others have prepared for the certificate was checked before this order, so it must not follow. It ends first: a crash
     * in between orders nothing twice.
     */
    private void overtakeOthers(Order sent) {
        List<Order> others = ofCertificate(sent.certificate())
                .filter(other -> !other.id().equals(sent.id()))
                .toList();
        others.stream()
                .filter(other -> other.stage().mayBeAtService())
                .findFirst()
                .ifPresent(other -> {
                    throw orderedAlready(other);
                });
        others.forEach(other -> write(other.overtakenBy(sent)));
    }

    private Order write(Order next) {
        Order stamped = next.at(clock.instant());
        Order before = records.open(stamped.id());
        if (stamped.isOvertaken()
                || !stamped.stage().isOpen() && stamped.stage() != Stage.DELIVERED && stamped.sent() > 0) {
            // Its certificate may still come, or its CSR be ordered once more.
            keys.keep(before);
        }
        try {
            if (stamped.stage().isOpen()) {
                records.put(stamped);
            } else {
                records.end(stamped);
            }
            listener.written(before, stamped);
        } catch (IOException e) {
            throw new StorageException(
                    "The order of " + stamped.certificateName() + " cannot be written into the order book",
                    "Nothing more was done for it. Check the permissions of the folder and the space on its disk.",
                    e);
        }
        return stamped;
    }

    /** Deletes what a failing disk has left. */
    synchronized void clean() throws IOException {
        records.removeStrays();
    }
}
