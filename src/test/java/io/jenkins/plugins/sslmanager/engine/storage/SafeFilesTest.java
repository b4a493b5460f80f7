package io.jenkins.plugins.sslmanager.engine.storage;

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
