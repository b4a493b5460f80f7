package io.jenkins.plugins.sslmanager.engine.terminal;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.jenkins.plugins.sslmanager.engine.inbox.MessageStore;
import io.jenkins.plugins.sslmanager.engine.orders.KeySealing;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import io.jenkins.plugins.sslmanager.engine.storage.SafeFiles;
import io.jenkins.plugins.sslmanager.engine.storage.StorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * A folder with an order book, its sealing key and the notifications of its orders. One run at a time uses it, so that whoever
 * worked on its orders before is over.
 */
final class TerminalBook implements AutoCloseable {

    private final Path folder;
    private final FileChannel lock;
    private final OrderBook orders;
    private final MessageStore messages;

    private TerminalBook(Path folder, FileChannel lock, InstantSource clock, Consumer<String> report)
            throws IOException {
        this.folder = folder;
        this.lock = lock;
        Path records = folder.resolve("orders");
        orders = OrderBook.open(
                records,
                new KeySealing(records, new SealingKeyFile(folder.resolve("sealing-key"))),
                holder -> true,
                clock,
                report);
        orders.clean();
        messages = MessageStore.open(folder.resolve("inbox"), report);
    }

    /**
     * @param report a line for each file that is damaged, and for what cannot be kept from others
     * @throws TerminalBookInUse if another run uses it
     * @throws StorageException if it cannot be made or read
     */
    static TerminalBook open(Path folder, InstantSource clock, Consumer<String> report) {
        try {
            Files.createDirectories(folder);
            FileChannel lock = lock(folder);
            try {
                if (!SafeFiles.canBePrivate(folder)) {
                    report.accept(
                            "Warning: the permissions of private keys cannot be restricted on this file system. Make"
                                    + " sure that nobody else can read " + folder
                                    + " and the folder of the certificate.");
                }
                return new TerminalBook(folder, lock, clock, report);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StorageException(
                    "The order book " + folder + " cannot be opened",
                    "Check the folder's permissions, or give another one with --book.",
                    e);
        }
    }

    /** The operating system ends the lock with the process, however that ends. */
    private static FileChannel lock(Path folder) throws IOException {
        FileChannel file = FileChannel.open(folder.resolve("lock"), CREATE, WRITE);
        try {
            if (file.tryLock() != null) {
                return file;
            }
        } catch (OverlappingFileLockException e) {
            // Another run in this very process.
        } catch (IOException e) {
            file.close();
            throw e;
        }
        file.close();
        throw new TerminalBookInUse(folder);
    }

    Path folder() {
        return folder;
    }

    OrderBook orders() {
        return orders;
    }

    MessageStore messages() {
        return messages;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
