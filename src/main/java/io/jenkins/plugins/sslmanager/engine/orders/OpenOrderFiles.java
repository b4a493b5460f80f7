package io.jenkins.plugins.sslmanager.engine.orders;

import io.jenkins.plugins.sslmanager.engine.storage.RecordFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * The files of open orders. Their names say which certificate they are for, so that a damaged one still keeps it from being
 * ordered; see {@link DamagedRecords}.
 */
final class OpenOrderFiles {

    private final RecordFiles<Order> files;

    OpenOrderFiles(Path folder) throws IOException {
        files = new RecordFiles<>(
                folder,
                Order.class,
                order -> FileNames.ofSystem(order.certificate().system()) + "-"
                        + order.certificate().number() + "-" + order.id());
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
}
