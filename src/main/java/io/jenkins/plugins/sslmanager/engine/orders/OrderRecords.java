package io.jenkins.plugins.sslmanager.engine.orders;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The records of all orders: the open ones in memory and on the disk, the ended ones on the disk alone. If a record cannot be
 * written, memory stays as it was. Not safe for use by several threads.
 */
final class OrderRecords {

    private final OpenOrderFiles openFiles;
    private final EndedOrders ended;
    private final CertificateNumbers numbers;
    private final Map<String, Order> open = new LinkedHashMap<>();

    /** Files of a failing disk that do not count. They go before anything else is written that they could contradict. */
    private final List<Order> strayOpen = new ArrayList<>();

    private final List<Order> strayEnds = new ArrayList<>();

    OrderRecords(Path folder, EndedOrders ended, CertificateNumbers numbers, Consumer<String> report)
            throws IOException {
        this.ended = ended;
        this.numbers = numbers;
        openFiles = new OpenOrderFiles(folder);
        openFiles.readAll(report).forEach(order -> open.put(order.id(), order));
        // A crash between the two files of an end: the later one counts.
        for (Order end : ended.among(open.keySet())) {
            openFiles.delete(open.get(end.id()));
            open.remove(end.id());
        }
    }

    Collection<Order> open() {
        return open.values();
    }

    @CheckForNull
    Order open(String id) {
        return open.get(id);
    }

    /** Keeps an open order in the place of its former record. */
    void put(Order order) throws IOException {
        removeStrays();
        noteNumber(order);
        try {
            openFiles.write(order);
        } catch (IOException e) {
            if (!open.containsKey(order.id())) {
                // Its file may be there, although it could not be brought to the disk.
                strayOpen.add(order);
                removeStrays(e);
            }
            throw e;
        }
        open.put(order.id(), order);
    }

    /** Ends an open order. */
    void end(Order order) throws IOException {
        removeStrays();
        noteNumber(order);
        try {
            ended.add(order);
        } catch (IOException e) {
            strayEnds.add(order);
            removeStrays(e);
            throw e;
        }
        // From here on it has ended, also for whoever opens the book anew.
        open.remove(order.id());
        strayOpen.add(order);
        try {
            removeStrays();
        } catch (IOException e) {
            // Left for the next record or for the next cleaning, which tells of it.
            return;
        }
    }

    /** Before the record that tells of it, since from here on the certificate goes by either number. */
    private void noteNumber(Order order) throws IOException {
        Order.Issued issued = order.issued();
        if (issued != null) {
            numbers.record(order.certificate(), issued.certificateId());
        }
    }

    /** Deletes what a failing disk has left. */
    void removeStrays() throws IOException {
        while (!strayEnds.isEmpty()) {
            ended.remove(strayEnds.get(0));
            strayEnds.remove(0);
        }
        while (!strayOpen.isEmpty()) {
            openFiles.delete(strayOpen.get(0));
            strayOpen.remove(0);
        }
    }

    private void removeStrays(IOException after) {
        try {
            removeStrays();
        } catch (IOException e) {
            after.addSuppressed(e);
        }
    }

    /** The names of damaged records. */
    List<String> damaged() throws IOException {
        return openFiles.damaged();
    }
}
