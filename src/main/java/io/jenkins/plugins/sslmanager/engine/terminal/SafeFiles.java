package io.jenkins.plugins.sslmanager.engine.terminal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that are whole, on the disk, and seen by those alone who may. */
final class SafeFiles {

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private SafeFiles() {}

    /**
     * Makes a new file that only its owner can read, from its first moment on.
     *
     * @return whether the file system has such permissions
     * @throws FileAlreadyExistsException and leaves the file as it is
     */
    static boolean createPrivate(Path folder, String name, String text) throws IOException {
        boolean restricted = Files.getFileStore(folder).supportsFileAttributeView(PosixFileAttributeView.class);
        create(folder.resolve(name), text, restricted ? new FileAttribute<?>[] {OWNER_ONLY} : new FileAttribute<?>[0]);
        return restricted;
    }

    /** Replaces what is there in one step, so that a reader sees the former or the new content and nothing between. */
    static void replace(Path file, String text) throws IOException {
        Path whole = file.resolveSibling("." + file.getFileName() + ".tmp");
        Files.deleteIfExists(whole);
        create(whole, text);
        move(whole, file);
    }

    static void move(Path from, Path to) throws IOException {
        Files.move(from, to, ATOMIC_MOVE, REPLACE_EXISTING);
    }

    /** The JDK's messages for these are mere paths. */
    static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (failure instanceof AccessDeniedException) {
            return "access is denied";
        }
        if (failure instanceof FileAlreadyExistsException || failure instanceof NotDirectoryException) {
            return "a file of that name is in the way";
        }
        return failure instanceof FileSystemException described && described.getReason() != null
                ? described.getReason()
                : failure.getMessage();
    }

    private static void create(Path file, String text, FileAttribute<?>... attributes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, Set.of(CREATE_NEW, WRITE), attributes)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
