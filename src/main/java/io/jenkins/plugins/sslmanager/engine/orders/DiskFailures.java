package io.jenkins.plugins.sslmanager.engine.orders;

import io.jenkins.plugins.sslmanager.engine.storage.StorageException;
import java.io.IOException;

/** What the book says of a disk that fails. */
final class DiskFailures {

    private DiskFailures() {}

    static StorageException cannotRead(IOException cause) {
        return new StorageException("The order book cannot be read", "Check the folder's permissions.", cause);
    }

    /** @param what happened, as a sentence without its full stop */
    static StorageException cannotWrite(String what, IOException cause) {
        return new StorageException(what, "Check the permissions of the folder and the space on its disk.", cause);
    }
}
