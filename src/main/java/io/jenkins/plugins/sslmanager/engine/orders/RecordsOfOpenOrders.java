package io.jenkins.plugins.sslmanager.engine.orders;

import io.jenkins.plugins.sslmanager.engine.storage.RecordFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of open orders. Their names say which certificate they are for, so that a damaged one still keeps it from being
 * ordered.
 */
final class RecordsOfOpenOrders {

    private static final Pattern NAME = Pattern.compile("(.+)-([0-9]+)-[0-9a-f]+");

    private final RecordFiles<Order> files;

    RecordsOfOpenOrders(Path folder) throws IOException {
        files = new RecordFiles<>(
                folder,
                Order.class,
                order -> fileSafe(order.certificate().system()) + "-"
                        + order.certificate().number() + "-" + order.id());
    }

    /** A name for a file on every platform; two systems that it cannot tell apart are both kept from ordering. */
    static String fileSafe(String system) {
        return system.replaceAll("[^A-Za-z0-9.]", "_");
    }

    List<Order> readAll(Consumer<String> report) throws IOException {
        return files.readAll(report).stream()
                .filter(order -> order.stage().isOpen())
                .toList();
    }

    void write(Order order) throws IOException {
        files.write(order);
    }

    void delete(Order order) throws IOException {
        files.delete(order);
    }

    List<String> damaged() throws IOException {
        return files.damaged();
    }

    /** The damaged record that may be of this certificate; one with an unknown name may be of any. */
    Optional<String> damagedFor(CertificateId certificate) throws IOException {
        return files.damaged().stream()
                .filter(name -> {
                    Matcher parts = NAME.matcher(name);
                    return !parts.matches()
                            || parts.group(1).equals(fileSafe(certificate.system()))
                                    && parts.group(2).equals(String.valueOf(certificate.number()));
                })
                .findFirst();
    }
}
