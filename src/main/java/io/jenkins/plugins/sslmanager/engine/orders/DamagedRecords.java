package io.jenkins.plugins.sslmanager.engine.orders;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The records that were put aside, and which certificates may not be ordered because of them. The names of the files tell whose
 * they are; one with an unknown name may be of any certificate.
 */
final class DamagedRecords {

    private static final Pattern ORDER = Pattern.compile("(.+)-([0-9]{1,18})-[0-9a-f]+");
    private static final Pattern NUMBER = Pattern.compile("(.+)-([0-9]{1,18})");

    private final OrderRecords orders;
    private final CertificateNumbers numbers;
    private final KeptKeys keys;

    DamagedRecords(OrderRecords orders, CertificateNumbers numbers, KeptKeys keys) {
        this.orders = orders;
        this.numbers = numbers;
        this.keys = keys;
    }

    /** Returns the names of all of them. */
    List<String> all() {
        try {
            return Stream.of(orders.damaged(), keys.damaged(), numbers.damaged())
                    .flatMap(List::stream)
                    .toList();
        } catch (IOException e) {
            throw DiskFailures.cannotRead(e);
        }
    }

    /** @throws OrderBookException of the kind DAMAGED if a damaged record may be of this certificate */
    void requireNoneConcerning(CertificateId certificate) {
        try {
            Optional<String> damaged = concerning(certificate);
            if (damaged.isPresent()) {
                throw new OrderBookException(
                        OrderBookException.Kind.DAMAGED,
                        "The order book's record " + damaged.get()
                                + " is damaged, so it is not known whether certificate "
                                + certificate
                                + " is ordered. Nothing is ordered for it until an administrator has looked"
                                + " at the certificate's jobs in the SSL Manager and deleted that file");
            }
        } catch (IOException e) {
            throw DiskFailures.cannotRead(e);
        }
    }

    private Optional<String> concerning(CertificateId certificate) throws IOException {
        List<String> ofOrders = orders.damaged();
        List<String> ofNumbers = numbers.damaged();
        return Stream.concat(
                        ofNumbers.stream().filter(name -> mayBe(NUMBER.matcher(name), certificate)),
                        ofOrders.stream()
                                .filter(name -> mayBe(ORDER.matcher(name), certificate)
                                        || endsIn(ofNumbers, name, certificate)))
                .findFirst();
    }

    private boolean mayBe(Matcher name, CertificateId certificate) {
        return !name.matches()
                || isOfSystem(name, certificate) && current(name, certificate).equals(numbers.current(certificate));
    }

    /** Tells whether it is an order for a certificate whose present number is in a damaged file, so that it may be any. */
    private boolean endsIn(List<String> damagedNumbers, String order, CertificateId certificate) {
        Matcher name = ORDER.matcher(order);
        return name.matches()
                && isOfSystem(name, certificate)
                && damagedNumbers.contains(CertificateNumbers.name(current(name, certificate)));
    }

    private static boolean isOfSystem(Matcher name, CertificateId certificate) {
        return name.group(1).equals(FileNames.ofSystem(certificate.system()));
    }

    private CertificateId current(Matcher name, CertificateId certificate) {
        return numbers.current(new CertificateId(certificate.system(), Long.parseLong(name.group(2))));
    }
}
