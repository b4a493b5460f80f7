package io.jenkins.plugins.sslmanager.engine.storage;

import com.fasterxml.jackson.annotation.JsonInclude;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records of one kind in a folder, each a JSON file that is there as a whole or not at all. A file that cannot be read is
 * put aside into the folder {@code damaged} and stays there until a person deletes it.
 *
 * <p>The mapper is the disk's own: what the service's JSON looks like can change without these files.
 */
public final class RecordFiles<T> {

    private static final String SUFFIX = ".json";
    private static final String DAMAGED = "damaged";
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private final Path folder;
    private final Class<T> type;
    private final Function<T, String> name;

    /**
     * @param name of a record's file, without its suffix: letters, digits and {@code . _ -} alone
     * @throws IOException if the folder cannot be made
     */
    public RecordFiles(Path folder, Class<T> type, Function<T, String> name) throws IOException {
        this.folder = folder;
        this.type = type;
        this.name = name;
        Files.createDirectories(folder);
    }

    /**
     * Reads what is there. What cannot be read is put aside.
     *
     * @param report a line for each file that is put aside
     * @throws IOException if the folder cannot be listed or brought to the disk
     */
    public List<T> readAll(Consumer<String> report) throws IOException {
        List<T> records = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, Files::isRegularFile)) {
            for (Path file : files) {
                T read = SafeFiles.isUnfinished(file) ? null : read(file);
                if (read != null) {
                    records.add(read);
                } else if (SafeFiles.isUnfinished(file)) {
                    // What it should have replaced is still there, and what it announced has not happened.
                    Files.deleteIfExists(file);
                } else {
                    report.accept(putAside(file));
                }
            }
        }
        // A rename may have been all but on the disk when Jenkins was killed: it counts from here on.
        SafeFiles.force(folder);
        return records;
    }

    /**
     * Reads some of what is there, without putting anything aside.
     *
     * @param which takes a file's name without its suffix
     */
    public List<T> read(Predicate<String> which) throws IOException {
        List<T> records = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                T read = which.test(withoutSuffix(file)) ? read(file) : null;
                if (read != null) {
                    records.add(read);
                }
            }
        }
        return records;
    }

    /** Whether there is a file of this record's name. */
    public boolean has(T record) {
        return Files.exists(file(record));
    }

    private static String withoutSuffix(Path file) {
        String full = String.valueOf(file.getFileName());
        return full.endsWith(SUFFIX) ? full.substring(0, full.length() - SUFFIX.length()) : full;
    }

    @CheckForNull
    private T read(Path file) {
        try {
            T record = MAPPER.readValue(Files.readAllBytes(file), type);
            return record != null && file.equals(file(record)) ? record : null;
        } catch (JacksonException | IOException | IllegalArgumentException | NullPointerException e) {
            return null;
        }
    }

    private String putAside(Path file) throws IOException {
        Path aside = Files.createDirectories(folder.resolve(DAMAGED)).resolve(file.getFileName());
        // On the disk before the folder that it leaves: a power cut must not take it from both.
        SafeFiles.move(file, aside);
        return "The file " + file + " is damaged and was put aside as " + aside;
    }

    /** The names of the files that were put aside, without their suffix. */
    public List<String> damaged() throws IOException {
        Path aside = folder.resolve(DAMAGED);
        if (!Files.isDirectory(aside)) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(aside, Files::isRegularFile)) {
            for (Path file : files) {
                names.add(withoutSuffix(file));
            }
        }
        names.sort(null);
        return names;
    }

    /**
     * Keeps a record for good, in the place of the one of the same name; it is on the disk when this returns. Only its owner can
     * read the file.
     */
    public void write(T record) throws IOException {
        SafeFiles.replacePrivate(file(record), MAPPER.writeValueAsBytes(record));
    }

    /** It is gone from the disk when this returns. */
    public void delete(T record) throws IOException {
        Files.deleteIfExists(file(record));
        SafeFiles.force(folder);
    }

    public Path folder() {
        return folder;
    }

    private Path file(T record) {
        return folder.resolve(name.apply(record) + SUFFIX);
    }
}
