package io.jenkins.plugins.sslmanager.engine.orders;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.storage.StorageException;

/** Several changes of which each is made although others cannot be kept. */
final class IndependentChanges {

    @CheckForNull
    private StorageException failure;

    void attempt(Runnable change) {
        try {
            change.run();
        } catch (StorageException e) {
            failure = e;
        }
    }

    /** @throws StorageException of the last one that could not be kept */
    void throwFailure() {
        if (failure != null) {
            throw failure;
        }
    }
}
