package io.jenkins.plugins.sslmanager.engine.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records in files, and what becomes of those that are damaged. */
class RecordFilesTest {

    record Note(
            String name,
            @CheckForNull String text,
            long number,
            @CheckForNull Instant when) {}

    private static final Note ONE = new Note("one", "\u00e4 \" \u2028", Long.MAX_VALUE, Instant.ofEpochSecond(1, 1));
    private static final Note TWO = new Note("two", null, 2, null);

    private Path folder;
    private RecordFiles<Note> files;
    private final List<String> reports = new ArrayList<>();

    @BeforeEach
    void open(@TempDir Path home) throws IOException {
        folder = home.resolve("a/b/notes");
        files = new RecordFiles<>(folder, Note.class, Note::name);
    }

    private List<Note> read() throws IOException {
        return new RecordFiles<>(folder, Note.class, Note::name)
                .readAll(reports::add).stream()
                        .sorted(Comparator.comparing(Note::name))
                        .toList();
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        files.write(ONE);
        files.write(TWO);

        assertEquals(List.of(ONE, TWO), read());
        assertEquals(List.of(TWO), files.read("two"::equals));
        assertEquals(List.of(), reports);
    }

    @Test
    void theNewRecordTakesThePlaceOfTheFormerOne() throws IOException {
        files.write(TWO);
        Note newer = new Note("two", "newer", 3, null);
        files.write(newer);

        assertEquals(List.of(newer), read());
    }

    @Test
    void whatIsDeletedIsGoneAndMayBeDeletedAgain() throws IOException {
        files.write(ONE);

        files.delete(ONE);
        files.delete(ONE);

        assertEquals(List.of(), read());
    }

    @Test
    void ofSeveralThoseGoThatCan() throws IOException {
        files.write(ONE);
        Files.createDirectories(folder.resolve("two.json/in the way"));
        List<Note> deleted = new ArrayList<>();

        assertThrows(IOException.class, () -> files.deleteAll(List.of(TWO, ONE), deleted::add));

        assertEquals(List.of(ONE), deleted);
        assertFalse(Files.exists(folder.resolve("one.json")));
    }

    @Test
    void fieldsOfANewerVersionAreLeftOut() throws IOException {
        Files.writeString(folder.resolve("two.json"), "{\"name\":\"two\",\"number\":2,\"since\":[3]}");

        assertEquals(List.of(TWO), read());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"name\":\"two\",\"number\":2",
                "{\"name\":\"two\",\"number\":null}",
                "{\"name\":\"two\",\"number\":2}{}",
                "{\"name\":\"one\",\"number\":2}",
                "{\"name\":\"../notes/two\",\"number\":2}",
                "{\"name\":\"\\u0000\",\"number\":2}"
            })
    void aDamagedFileIsPutAsideAndReported(String content) throws IOException {
        files.write(ONE);
        Path file = Files.writeString(folder.resolve("two.json"), content);

        List<Note> read = files.readAll(reports::add);

        assertEquals(List.of(ONE), read);
        assertEquals(content, Files.readString(folder.resolve("damaged/two.json")));
        assertEquals(
                List.of("The file " + file + " is damaged and was put aside as " + folder.resolve("damaged/two.json")),
                reports);
        assertEquals(List.of("two"), files.damaged());
        assertEquals(List.of("two"), new RecordFiles<>(folder, Note.class, Note::name).damaged());
        Files.delete(folder.resolve("damaged/two.json"));
        assertEquals(List.of(), files.damaged());
    }

    @Test
    void aDamagedFileThatCannotBePutAsideCountsAsDamagedUntilItIsGone() throws IOException {
        Files.writeString(folder.resolve("damaged"), "in the way");
        Path file = Files.writeString(folder.resolve("two.json"), "{");

        files.readAll(reports::add);

        assertEquals(List.of("damaged", "two"), files.damaged());
        assertEquals(2, reports.size());
        Files.delete(folder.resolve("damaged"));
        assertEquals(List.of("two"), files.damaged());
        Files.delete(file);
        assertEquals(List.of(), files.damaged());
    }

    @Test
    void aGoodRecordInItsPlaceEndsTheDamage() throws IOException {
        Files.writeString(folder.resolve("damaged"), "in the way");
        Files.writeString(folder.resolve("two.json"), "{");
        files.readAll(reports::add);
        Files.delete(folder.resolve("damaged"));

        files.write(TWO);

        assertEquals(List.of(), files.damaged());
    }

    @Test
    void whatACrashLeftHalfWrittenIsDeletedAndTheRecordBeforeItCounts() throws IOException {
        files.write(TWO);
        Path half = Files.writeString(folder.resolve(".two.json.tmp"), "{\"name\":\"tw");

        assertEquals(List.of(TWO), read());

        assertFalse(Files.exists(half));
        assertEquals(1, reports.size());
        assertEquals(List.of(), files.damaged());
    }

    @Test
    void aRecordThatCannotBeWrittenLeavesTheFormerOneAndNothingElse() throws IOException {
        files.write(TWO);
        Files.createDirectories(folder.resolve(".two.json.tmp/in the way"));

        assertThrows(IOException.class, () -> files.write(new Note("two", "newer", 3, null)));

        assertEquals(List.of(TWO), read());
    }

    @Test
    void itsFolderIsMadeWithThoseAboveIt() {
        assertTrue(Files.isDirectory(folder));
    }
}
