package io.jenkins.plugins.sslmanager.engine.storage;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Files that are whole, on the disk, and seen by those alone who may. */
public final class SafeFiles {

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final String UNFINISHED = ".tmp";

    private SafeFiles() {}

    /** Tells whether this is what a crash has left of a file that was being replaced. The file itself is as it was. */
    public static boolean isUnfinished(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.startsWith(".") && name.endsWith(UNFINISHED);
    }

    /** Tells whether files in this folder can be kept from other users of the machine, by POSIX permissions. */
    public static boolean canBePrivate(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /**
     * Makes a new file, that only its owner can read from its first moment on where {@link #canBePrivate}.
     *
     * @throws FileAlreadyExistsException and leaves the file as it is
     */
    public static void createPrivate(Path file, byte[] content) throws IOException {
        create(file, content, attributes(file));
    }

    /**
     * Replaces what is there in one step, so that a reader sees the former or the new content and nothing between, also after
     * a power cut. A link is replaced, not what it points to.
     */
    public static void replace(Path file, byte[] content) throws IOException {
        replace(file, content, new FileAttribute<?>[0]);
    }

    /** The same for what only the owner may read, where {@link #canBePrivate}. */
    public static void replacePrivate(Path file, byte[] content) throws IOException {
        replace(file, content, attributes(file));
    }

    /**
     * The same, and what is there stays under another name. At no moment is there neither the former nor the new content.
     *
     * @param secret whether only the owner may read it, where {@link #canBePrivate}
     * @param previous the other name, which must be free; empty where nothing is kept
     */
    public static void replaceKeeping(Path file, byte[] content, boolean secret, Optional<Path> previous)
            throws IOException {
        FileAttribute<?>[] attributes = secret ? attributes(file) : new FileAttribute<?>[0];
        replace(file, content, previous, attributes);
    }

    private static void replace(Path file, byte[] content, FileAttribute<?>... attributes) throws IOException {
        replace(file, content, Optional.empty(), attributes);
    }

    private static void replace(Path file, byte[] content, Optional<Path> previous, FileAttribute<?>... attributes)
            throws IOException {
        Path whole = file.resolveSibling("." + file.getFileName() + UNFINISHED);
        Files.deleteIfExists(whole);
        try {
            create(whole, content, attributes);
            if (previous.isPresent()) {
                keep(file, previous.get(), attributes);
            }
            move(whole, file);
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    private static void keep(Path file, Path previous, FileAttribute<?>... attributes) throws IOException {
        try {
            Files.createLink(previous, file);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            // Some file systems have no links.
            create(previous, Files.readAllBytes(file), attributes);
        }
    }

    /** In one step; the rename itself is on the disk, too. */
    public static void move(Path from, Path to) throws IOException {
        Files.move(from, to, ATOMIC_MOVE, REPLACE_EXISTING);
        Path folder = to.toAbsolutePath().getParent();
        if (folder != null) {
            force(folder);
        }
    }

    /** Brings to the disk what was renamed in a folder. Windows does it by itself, and cannot open a folder. */
    public static void force(Path folder) throws IOException {
        if (canBePrivate(folder)) {
            try (FileChannel open = FileChannel.open(folder, READ)) {
                open.force(true);
            }
        }
    }

    /** Makes a folder, and those above it where they are missing. They are on the disk when this returns. */
    public static Path createDirectories(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Path parent = folder.toAbsolutePath().getParent();
            if (parent != null) {
                createDirectories(parent);
            }
            // Two may make it at once.
            Files.createDirectories(folder);
            if (parent != null) {
                force(parent);
            }
        }
        return folder;
    }

    /**
     * What lies directly in a folder.
     *
     * @throws IOException also where the JDK would throw an unchecked exception in the middle of the list
     */
    public static List<Path> list(Path folder, DirectoryStream.Filter<Path> which) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, which)) {
            entries.forEach(found::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }

    /** Why, in words: the JDK's messages for these are mere paths. */
    public static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (failure instanceof AccessDeniedException) {
            return "access is denied";
        }
        if (failure instanceof FileAlreadyExistsException || failure instanceof NotDirectoryException) {
            return "a file of that name is in the way";
        }
        if (failure instanceof DirectoryNotEmptyException) {
            return "a folder of that name is in the way";
        }
        if (failure instanceof FileSystemException described) {
            return described.getReason() == null ? described.getClass().getSimpleName() : described.getReason();
        }
        return failure.getMessage();
    }

    private static FileAttribute<?>[] attributes(Path file) {
        return canBePrivate(file) ? new FileAttribute<?>[] {OWNER_ONLY} : new FileAttribute<?>[0];
    }

    private static void create(Path file, byte[] content, FileAttribute<?>... attributes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, Set.of(CREATE_NEW, WRITE), attributes)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
