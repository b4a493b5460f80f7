package io.jenkins.plugins.sslmanager.engine.simulation;

import io.jenkins.plugins.sslmanager.engine.async.VirtualTime;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** As much of java.nio.file as the engine uses; the rest is not supported, so that its use would be noticed. */
final class DiskProvider extends FileSystemProvider {

    private final DiskFileSystem fileSystem;
    private final SimulatedDisk disk;
    private final SimulatedDisk.Watch watch;

    DiskProvider(DiskFileSystem fileSystem, SimulatedDisk disk, SimulatedDisk.Watch watch) {
        this.fileSystem = fileSystem;
        this.disk = disk;
        this.watch = watch;
    }

    @Override
    public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
        watch.requireAlive();
        disk.createDirectory(directory.toString());
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path directory, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        watch.requireAlive();
        List<Path> accepted = new ArrayList<>();
        for (String file : disk.list(directory.toString())) {
            Path path = fileSystem.getPath(file);
            if (filter.accept(path)) {
                accepted.add(path);
            }
        }
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                return accepted.iterator();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        watch.requireAlive();
        if (options.contains(StandardOpenOption.CREATE_NEW)) {
            watch.reach(CrashPoint.BEFORE_PART_FILE);
            disk.create(path.toString());
        }
        return new DiskChannel(disk, watch, path.toString());
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        watch.reach(CrashPoint.BEFORE_RENAME);
        disk.move(source.toString(), target.toString());
        watch.reach(CrashPoint.RENAMED);
    }

    @Override
    public void delete(Path path) throws IOException {
        watch.requireAlive();
        if (!disk.isFile(path.toString())) {
            throw new NoSuchFileException(path.toString());
        }
        watch.reach(CrashPoint.BEFORE_DELETION);
        disk.delete(path.toString());
        watch.reach(CrashPoint.DELETED);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        watch.requireAlive();
        checkAccess(path);
        return type.cast(new Attributes(disk.isDirectory(path.toString())));
    }

    private record Attributes(boolean isDirectory) implements BasicFileAttributes {

        @Override
        public boolean isRegularFile() {
            return !isDirectory;
        }

        @Override
        public boolean isSymbolicLink() {
            return false;
        }

        @Override
        public boolean isOther() {
            return false;
        }

        @Override
        public long size() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Object fileKey() {
            return null;
        }

        @Override
        public FileTime lastModifiedTime() {
            return FileTime.from(VirtualTime.START);
        }

        @Override
        public FileTime lastAccessTime() {
            return lastModifiedTime();
        }

        @Override
        public FileTime creationTime() {
            return lastModifiedTime();
        }
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        if (!disk.isDirectory(path.toString()) && !disk.isFile(path.toString())) {
            throw new NoSuchFileException(path.toString());
        }
    }

    @Override
    public String getScheme() {
        return "simulated";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isSameFile(Path one, Path other) {
        return one.equals(other);
    }

    @Override
    public boolean isHidden(Path path) {
        return false;
    }

    @Override
    public FileStore getFileStore(Path path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
        throw new UnsupportedOperationException();
    }
}
