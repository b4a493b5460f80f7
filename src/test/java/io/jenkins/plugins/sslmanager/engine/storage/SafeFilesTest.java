package io.jenkins.plugins.sslmanager.engine.storage;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeFilesTest {

    @TempDir
    private Path folder;

    @Test
    void missingFoldersAreMadeAndThoseThatAreThereStay() throws IOException {
        Path deep = folder.resolve("a/b/c");

        assertEquals(deep, SafeFiles.createDirectories(deep));
        Files.writeString(deep.resolve("kept"), "");
        SafeFiles.createDirectories(deep);

        assertTrue(Files.exists(deep.resolve("kept")));
    }

    @Test
    void aFileInThePlaceOfAFolderIsNoFolder() throws IOException {
        Files.writeString(folder.resolve("a"), "");

        assertThrows(FileAlreadyExistsException.class, () -> SafeFiles.createDirectories(folder.resolve("a")));
        assertThrows(FileSystemException.class, () -> SafeFiles.createDirectories(folder.resolve("a/b")));
    }

    @Test
    void aFolderIsListedAsFarAsWanted() throws IOException {
        Files.createDirectories(folder.resolve("directory"));
        Path file = Files.writeString(folder.resolve("file"), "");

        assertEquals(List.of(file), SafeFiles.list(folder, Files::isRegularFile));
        assertThrows(NoSuchFileException.class, () -> SafeFiles.list(folder.resolve("none"), any -> true));
    }

    @Test
    void unfinishedIsOnlyWhatAReplacementLeaves() {
        assertTrue(SafeFiles.isUnfinished(folder.resolve(".record.json.tmp")));
        assertFalse(SafeFiles.isUnfinished(folder.resolve("record.json.tmp")));
        assertFalse(SafeFiles.isUnfinished(folder.resolve(".record.json")));
        assertFalse(SafeFiles.isUnfinished(folder.resolve("record.json")));
    }

    @Test
    void whatWasThereStaysUnderAnotherName() throws IOException {
        Path file = Files.writeString(folder.resolve("key.pem"), "former");
        Path previous = folder.resolve("key.pem.previous");

        SafeFiles.replaceKeeping(file, "new".getBytes(US_ASCII), true, Optional.of(previous));

        assertEquals("new", Files.readString(file));
        assertEquals("former", Files.readString(previous));
    }

    @Test
    void whatIsThereStaysInItsPlaceUntilTheNewContentIsOnTheDisk() throws IOException {
        Path file = Files.writeString(folder.resolve("key.pem"), "former");
        // The new content cannot be written.
        Files.createDirectories(folder.resolve(".key.pem.tmp/in-the-way"));

        assertThrows(
                IOException.class,
                () -> SafeFiles.replaceKeeping(
                        file, "new".getBytes(US_ASCII), true, Optional.of(folder.resolve("key.pem.previous"))));

        assertEquals("former", Files.readString(file));
        assertFalse(Files.exists(folder.resolve("key.pem.previous")));
    }

    @Test
    void whatWasKeptBeforeIsNotReplaced() throws IOException {
        Path file = Files.writeString(folder.resolve("key.pem"), "former");
        Path previous = Files.writeString(folder.resolve("key.pem.previous"), "in use");

        assertThrows(
                FileAlreadyExistsException.class,
                () -> SafeFiles.replaceKeeping(file, "new".getBytes(US_ASCII), true, Optional.of(previous)));

        assertEquals("former", Files.readString(file));
        assertEquals("in use", Files.readString(previous));
    }

    @Test
    void whyAFileCannotBeUsedIsSaidInWords() {
        assertEquals("there is no such file", SafeFiles.reason(new NoSuchFileException("/a")));
        assertEquals("access is denied", SafeFiles.reason(new AccessDeniedException("/a")));
        assertEquals("a file of that name is in the way", SafeFiles.reason(new FileAlreadyExistsException("/a")));
        assertEquals("a folder of that name is in the way", SafeFiles.reason(new DirectoryNotEmptyException("/a")));
        assertEquals("FileSystemLoopException", SafeFiles.reason(new FileSystemLoopException("/a")));
        assertEquals("No space left", SafeFiles.reason(new FileSystemException("/a", null, "No space left")));
        assertEquals("No space left", SafeFiles.reason(new IOException("No space left")));
    }
}
