package io.jenkins.plugins.sslmanager.engine.bench;

import java.util.concurrent.CompletableFuture;

/** A way to have builds wait for their jobs. */
interface Waiting extends AutoCloseable {

    /** @return done when the build can go on */
    CompletableFuture<?> await(long job);

    @Override
    void close();
}
