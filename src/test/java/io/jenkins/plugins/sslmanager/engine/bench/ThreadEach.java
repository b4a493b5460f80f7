package io.jenkins.plugins.sslmanager.engine.bench;

import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * As {@link EachPolls}, with a thread for each build that sleeps between its looks, which is the most usual way. It sleeps since
 * it is what the inbox is measured against; nothing of the plugin does.
 */
final class ThreadEach implements Waiting {

    /** Small, so that ten thousand fit; the JVM's default reserves 1 MB. */
    private static final long STACK_BYTES = 128 * 1024L;

    private final SslManagerApi service;
    private final List<Thread> threads = new ArrayList<>();

    ThreadEach(SslManagerApi service) {
        this.service = service;
    }

    @Override
    public CompletableFuture<?> await(long job) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Thread thread = new Thread(null, () -> look(job, ended), "build " + job, STACK_BYTES);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
        return ended;
    }

    private void look(long job, CompletableFuture<Void> ended) {
        try {
            while (!EachPolls.hasEnded(service, job).join()) {
                Thread.sleep(EachPolls.INTERVAL.toMillis());
            }
            ended.complete(null);
        } catch (InterruptedException e) {
            ended.cancel(false);
        }
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
