package io.jenkins.plugins.sslmanager.certificates;

import io.jenkins.plugins.sslmanager.engine.storage.RecordFiles;
import io.jenkins.plugins.sslmanager.engine.storage.SafeFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The records on disk, a file each, read once. Trouble with the disk is reported, and the records go on in memory: they are
 * for looking at, and no build shall fail for them.
 */
final class RecordStore {

    private final Path directory;
    private final int most;
    private final Consumer<String> report;
    private final Map<String, CertificateRecord> records = new ConcurrentHashMap<>();
    private volatile NavigableSet<String> jobs = Collections.emptyNavigableSet();

    private RecordStore(Path directory, int most, Consumer<String> report) {
        this.directory = directory;
        this.most = most;
        this.report = report;
    }

    /**
     * @param most how many are kept; beyond that, those go that no build has handled for the longest time
     * @param report a line for the administrator
     */
    static RecordStore open(Path directory, int most, Consumer<String> report) {
        RecordStore store = new RecordStore(directory, most, report);
        try {
            store.files()
                    .readAll(line -> report.accept(line + ". It is written anew when a build handles the certificate"))
                    .forEach(record -> store.records.put(record.id(), record));
        } catch (IOException e) {
            report.accept("The records of certificates in " + directory + " cannot be read: " + SafeFiles.reason(e)
                    + ". Check the folder's permissions");
        }
        store.index();
        return store;
    }

    /** Made anew each time, since the folder may be out of reach for a while. */
    private RecordFiles<CertificateRecord> files() throws IOException {
        return new RecordFiles<>(directory, CertificateRecord.class, CertificateRecord::id);
    }

    Collection<CertificateRecord> all() {
        return Collections.unmodifiableCollection(records.values());
    }

    Optional<CertificateRecord> find(String id) {
        return Optional.ofNullable(records.get(id));
    }

    /** The full names of all jobs in the records. */
    Set<String> jobs() {
        return Collections.unmodifiableSet(jobs);
    }

    /** Returns those of a folder, or the one job itself. */
    Set<String> jobsIn(String item) {
        NavigableSet<String> inside = jobs.subSet(item + "/", true, item + (char) ('/' + 1), false);
        return jobs.contains(item) ? union(item, inside) : Collections.unmodifiableSet(inside);
    }

    private static Set<String> union(String one, Set<String> others) {
        Set<String> all = new TreeSet<>(others);
        all.add(one);
        return all;
    }

    /** Tells whether there are records of the job, or of a job in the folder, of that full name. */
    boolean knows(String item) {
        return !jobsIn(item).isEmpty();
    }

    /** Keeps what a build has seen, together with what was known. */
    synchronized void add(CertificateRecord seen) {
        CertificateRecord known = records.get(seen.id());
        keep(known == null ? seen : known.followedBy(seen));
        while (records.size() > most) {
            records.values().stream()
                    .min(Comparator.comparing(CertificateRecord::seen))
                    .map(CertificateRecord::id)
                    .ifPresent(this::delete);
        }
        index();
    }

    /** @param item the full name of the job, or of a folder around the jobs, whose records may have to change */
    synchronized void change(String item, UnaryOperator<CertificateRecord> change) {
        if (!knows(item)) {
            return;
        }
        for (CertificateRecord record : List.copyOf(records.values())) {
            CertificateRecord changed = change.apply(record);
            if (!changed.equals(record)) {
                keep(changed);
            }
        }
        index();
    }

    synchronized void remove(String id) {
        delete(id);
        index();
    }

    private void keep(CertificateRecord record) {
        records.put(record.id(), record);
        try {
            files().write(record);
        } catch (IOException e) {
            report.accept("The record of certificate " + record.facts().name() + " cannot be written to " + directory
                    + ": " + SafeFiles.reason(e) + ". Check the folder's permissions and the space on its disk");
        }
    }

    private void delete(String id) {
        CertificateRecord record = records.remove(id);
        if (record == null) {
            return;
        }
        try {
            files().delete(record);
        } catch (IOException e) {
            report.accept("The record of certificate " + record.facts().name() + " cannot be deleted from " + directory
                    + ": " + SafeFiles.reason(e) + ". Check the folder's permissions");
        }
    }

    private void index() {
        NavigableSet<String> names = new TreeSet<>();
        records.values().forEach(record -> record.lastBuilds().forEach(last -> names.add(last.job())));
        jobs = names;
    }
}
