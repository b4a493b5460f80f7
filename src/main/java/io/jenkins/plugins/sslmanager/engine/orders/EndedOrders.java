package io.jenkins.plugins.sslmanager.engine.orders;

import io.jenkins.plugins.sslmanager.engine.storage.RecordFiles;
import io.jenkins.plugins.sslmanager.engine.storage.SafeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Orders that have ended, without their keys, a folder for each month, for a year. They are read when somebody asks, but for those
 * that may have won nothing: each rotation of a due certificate asks for these, so they are in memory. What is damaged here keeps
 * nothing from being ordered. It is put aside and told when the book is opened, and is left out.
 */
public final class EndedOrders {

    private static final int MONTHS_KEPT = 12;

    private final Path folder;

    /** Those that may have won nothing, by their ids. */
    private final Map<String, Order> perhapsFruitless = new ConcurrentHashMap<>();

    /**
     * @param report a line for an administrator for each file that is damaged
     * @throws IOException if the folder cannot be made or listed
     */
    EndedOrders(Path folder, Consumer<String> report) throws IOException {
        this.folder = SafeFiles.createDirectories(folder);
        for (YearMonth month : months()) {
            files(path(month)).readAll(report).forEach(this::note);
        }
    }

    private void note(Order order) {
        if (order.isPerhapsFruitless()) {
            perhapsFruitless.put(order.id(), order);
        }
    }

    /** Returns those whose like is not to be ordered as long as its certificate is the present one, latest first. Reads no file. */
    public List<Order> perhapsFruitless() {
        return perhapsFruitless.values().stream()
                .sorted(Comparator.comparing(Order::changed).reversed())
                .toList();
    }

    private static RecordFiles<Order> files(Path month) throws IOException {
        return new RecordFiles<>(month, Order.class, Order::id);
    }

    /** Returns those of these that have ended. */
    List<Order> among(Set<String> ids) throws IOException {
        List<Order> found = new ArrayList<>();
        if (!ids.isEmpty()) {
            for (YearMonth month : months()) {
                found.addAll(files(path(month)).read(ids::contains));
            }
        }
        return found;
    }

    void add(Order order) throws IOException {
        files(path(monthOf(order.changed()))).write(order);
        note(order);
    }

    void remove(Order order) throws IOException {
        files(path(monthOf(order.changed()))).delete(order);
        perhapsFruitless.remove(order.id());
    }

    private static YearMonth monthOf(Instant instant) {
        return YearMonth.from(instant.atOffset(ZoneOffset.UTC));
    }

    private Path path(YearMonth month) {
        return folder.resolve(month.toString());
    }

    /** Returns the months that have a folder, latest first. */
    private List<YearMonth> months() throws IOException {
        List<YearMonth> months = new ArrayList<>();
        for (Path each : SafeFiles.list(folder, Files::isDirectory)) {
            try {
                months.add(YearMonth.parse(String.valueOf(each.getFileName())));
            } catch (DateTimeParseException e) {
                // Not ours.
                continue;
            }
        }
        months.sort(Comparator.reverseOrder());
        return months;
    }

    /**
     * Returns the latest, latest first.
     *
     * @param most how many
     */
    public List<Order> latest(int most) {
        return latest(any -> true, most);
    }

    /** Returns the latest of one job, latest first. */
    public List<Order> latest(String job, int most) {
        return latest(order -> order.owner().isJob(job), most);
    }

    /** Returns those that have ended since then, in no order. */
    public List<Order> since(Instant from) {
        try {
            List<Order> found = new ArrayList<>();
            for (YearMonth month : months()) {
                if (!month.isBefore(monthOf(from))) {
                    files(path(month)).read(any -> true).stream()
                            .filter(order -> !order.changed().isBefore(from))
                            .forEach(found::add);
                }
            }
            return found;
        } catch (IOException e) {
            throw DiskFailures.cannotRead(e);
        }
    }

    private List<Order> latest(Predicate<Order> which, int most) {
        try {
            return read(which, most);
        } catch (IOException e) {
            throw DiskFailures.cannotRead(e);
        }
    }

    private List<Order> read(Predicate<Order> which, int most) throws IOException {
        List<Order> latest = new ArrayList<>();
        for (YearMonth month : months()) {
            if (latest.size() < most) {
                files(path(month)).read(any -> true).stream()
                        .filter(which)
                        .sorted(Comparator.comparing(Order::changed).reversed())
                        .limit((long) most - latest.size())
                        .forEach(latest::add);
            }
        }
        return latest;
    }

    /** Returns the order with this id, if it has ended within a year. */
    public Optional<Order> withId(String id) {
        try {
            return read(id);
        } catch (IOException e) {
            throw DiskFailures.cannotRead(e);
        }
    }

    private Optional<Order> read(String id) throws IOException {
        for (YearMonth month : months()) {
            List<Order> found = files(path(month)).read(id::equals);
            if (!found.isEmpty()) {
                return Optional.of(found.get(0));
            }
        }
        return Optional.empty();
    }

    /**
     * Lets what belongs to a job belong to another, see {@link OrderBook#jobsMoved}. It reads all orders, so it is for a thread
     * that may take its time.
     *
     * @param next gives the new full name for the old one; null where the job is deleted
     */
    public void jobsMoved(Predicate<String> which, UnaryOperator<String> next) {
        try {
            move(which, next);
        } catch (IOException e) {
            throw DiskFailures.cannotWrite("Orders that have ended cannot follow their job", e);
        }
    }

    private void move(Predicate<String> which, UnaryOperator<String> next) throws IOException {
        for (YearMonth month : months()) {
            RecordFiles<Order> files = files(path(month));
            for (Order order : files.read(any -> true)) {
                String job = order.owner().job();
                if (job != null && which.test(job)) {
                    Order moved = order.movedTo(next.apply(job));
                    files.write(moved);
                    note(moved);
                }
            }
        }
    }

    void clean(Instant now) throws IOException {
        YearMonth oldest = monthOf(now).minusMonths(MONTHS_KEPT);
        for (YearMonth month : months()) {
            if (month.isBefore(oldest)) {
                RecordFiles<Order> old = files(path(month));
                old.deleteAll(old.read(any -> true), deleted -> perhapsFruitless.remove(deleted.id()));
            }
        }
    }
}
