package io.jenkins.plugins.sslmanager.engine.storage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/**
 * Records of one kind in a folder, each a JSON file that is there as a whole or not at all. A file that cannot be read is
 * put aside into the folder {@code damaged} and stays there until a person deletes it.
 */
public final class RecordFiles<T> {

    private static final String SUFFIX = ".json";
    private static final String DAMAGED = "damaged";

    private final Path folder;
    private final Class<T> type;
    private final Function<T, String> name;

    /** Damaged files that could not be put aside, either. */
    private final Set<Path> leftInPlace = ConcurrentHashMap.newKeySet();

    /** Spares a look at the folder as long as all is well. */
    private volatile boolean anyAside = true;

    /**
     * @param name of a record's file, without its suffix: letters, digits and {@code . _ -} alone
     * @throws IOException if the folder cannot be made
     */
    public RecordFiles(Path folder, Class<T> type, Function<T, String> name) throws IOException {
        this.folder = SafeFiles.createDirectories(folder);
        this.type = type;
        this.name = name;
    }

    /**
     * Reads what is there. What is damaged is put aside. What a crash has left half written is deleted, since the file that it
     * should have replaced is still there.
     *
     * @param report a line for each such file
     * @throws IOException if the folder cannot be listed or brought to the disk
     */
    public List<T> readAll(Consumer<String> report) throws IOException {
        List<T> records = new ArrayList<>();
        for (Path file : SafeFiles.list(folder, Files::isRegularFile)) {
            if (SafeFiles.isUnfinished(file)) {
                Files.deleteIfExists(file);
                report.accept("The file " + file + " was half written by a process that was killed, and was deleted."
                        + " The record that it should have replaced is as it was");
            } else {
                readOrPutAside(file, records, report);
            }
        }
        // A rename may have been all but on the disk when Jenkins was killed: it counts from here on.
        SafeFiles.force(folder);
        return records;
    }

    /**
     * Reads some of what is there, without putting anything aside. What it returns is on the disk.
     *
     * @param which takes a file's name without its suffix
     */
    public List<T> read(Predicate<String> which) throws IOException {
        List<T> records = new ArrayList<>();
        for (Path file : SafeFiles.list(folder, RecordFiles::isRecord)) {
            if (which.test(withoutSuffix(file))) {
                Stream.ofNullable(readIfThere(file)).forEach(records::add);
            }
        }
        if (!records.isEmpty()) {
            SafeFiles.force(folder);
        }
        return records;
    }

    @CheckForNull
    private T readIfThere(Path file) throws IOException {
        try {
            return read(file);
        } catch (NoSuchFileException e) {
            // It was deleted meanwhile.
            return null;
        }
    }

    private static boolean isRecord(Path file) {
        return String.valueOf(file.getFileName()).endsWith(SUFFIX);
    }

    private static String withoutSuffix(Path file) {
        String full = String.valueOf(file.getFileName());
        return isRecord(file) ? full.substring(0, full.length() - SUFFIX.length()) : full;
    }

    private void readOrPutAside(Path file, List<T> records, Consumer<String> report) {
        try {
            T record = read(file);
            if (record == null) {
                report.accept("The file " + file + " is damaged and was put aside as " + putAside(file));
            } else {
                records.add(record);
            }
        } catch (IOException e) {
            // Such as too many open files: the file may be well, so it stays, and is read at the next start.
            leftInPlace.add(file);
            report.accept("The file " + file + " cannot be read, or is damaged and cannot be put aside: "
                    + SafeFiles.reason(e) + ". It counts as damaged");
        }
    }

    /** @return null if it is damaged */
    @CheckForNull
    private T read(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        try {
            T record = DiskJson.read(content, type);
            return record != null && file.equals(file(record)) ? record : null;
        } catch (JacksonException | IllegalArgumentException e) {
            return null;
        }
    }

    private Path putAside(Path file) throws IOException {
        Path aside = SafeFiles.createDirectories(folder.resolve(DAMAGED)).resolve(String.valueOf(file.getFileName()));
        SafeFiles.move(file, aside);
        anyAside = true;
        return aside;
    }

    /**
     * The names of the damaged files, without their suffix. A person who deletes one has decided about it. It is cheap as long
     * as there is none.
     */
    public List<String> damaged() throws IOException {
        List<Path> files = new ArrayList<>(leftInPlace);
        files.removeIf(Files::notExists);
        if (anyAside) {
            List<Path> aside = aside();
            anyAside = !aside.isEmpty();
            files.addAll(aside);
        }
        return files.stream().map(RecordFiles::withoutSuffix).sorted().toList();
    }

    private List<Path> aside() throws IOException {
        try {
            return SafeFiles.list(folder.resolve(DAMAGED), Files::isRegularFile);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
    }

    /**
     * Keeps a record for good, in the place of the one of the same name; it is on the disk when this returns. Only its owner can
     * read the file.
     */
    public void write(T record) throws IOException {
        Path file = file(record);
        SafeFiles.replacePrivate(file, DiskJson.write(record));
        leftInPlace.remove(file);
    }

    /** It is gone from the disk when this returns. */
    public void delete(T record) throws IOException {
        Files.deleteIfExists(file(record));
        SafeFiles.force(folder);
    }

    /** The same for several, of which those that can be are deleted although others cannot. */
    public void deleteAll(List<T> records, Consumer<T> deleted) throws IOException {
        IOException failure = null;
        for (T record : records) {
            try {
                Files.deleteIfExists(file(record));
                deleted.accept(record);
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        if (!records.isEmpty()) {
            SafeFiles.force(folder);
        }
    }

    public Path folder() {
        return folder;
    }

    private Path file(T record) {
        return folder.resolve(name.apply(record) + SUFFIX);
    }
}
