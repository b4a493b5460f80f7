package io.jenkins.plugins.sslmanager.engine.simulation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** An open file of a {@link SimulatedDisk}, read or appended to, or an open directory, which can only be forced. */
final class DiskChannel extends FileChannel {

    private final SimulatedDisk disk;
    private final SimulatedDisk.Watch watch;
    private final String path;
    private int position;
    private boolean halfWritten;

    DiskChannel(SimulatedDisk disk, SimulatedDisk.Watch watch, String path) {
        this.disk = disk;
        this.watch = watch;
        this.path = path;
    }

    /** In two halves, as a disk may do it. */
    @Override
    public int write(ByteBuffer source) throws IOException {
        watch.requireAlive();
        byte[] bytes = new byte[halfWritten ? source.remaining() : source.remaining() / 2];
        halfWritten = true;
        source.get(bytes);
        disk.append(path, bytes);
        watch.reach(source.hasRemaining() ? CrashPoint.PART_FILE_HALF_WRITTEN : CrashPoint.PART_FILE_WRITTEN);
        return bytes.length;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        watch.requireAlive();
        disk.force(path);
        watch.reach(disk.isDirectory(path) ? CrashPoint.DIRECTORY_ON_DISK : CrashPoint.FILE_ON_DISK);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        watch.requireAlive();
        byte[] content = disk.read(path);
        if (position == content.length) {
            return -1;
        }
        int length = Math.min(target.remaining(), content.length - position);
        target.put(content, position, length);
        position += length;
        return length;
    }

    @Override
    public long size() throws IOException {
        return disk.read(path).length;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    protected void implCloseChannel() {
        // nothing is held
    }

    @Override
    public FileChannel position(long newPosition) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int read(ByteBuffer target, long from) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer source, long at) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel truncate(long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long from, long count, WritableByteChannel target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long at, long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long from, long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long from, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long from, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }
}
