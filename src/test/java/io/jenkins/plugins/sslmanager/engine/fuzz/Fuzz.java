package io.jenkins.plugins.sslmanager.engine.fuzz;

import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gives changed texts to all that reads what others have written. It must read them, or fail as foreseen, within a time that does
 * not depend on what they say and on a small stack. {@code bin/fuzz} starts it.
 */
final class Fuzz {

    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final long STACK = 256L * 1024;
    private static final int BROKEN = 1;
    private static final int MISUSED = 2;
    private static final int TOLD = 500;

    /** @param failure what nobody has foreseen */
    record Finding(String reader, long seed, byte[] text, Throwable failure) {

        @Override
        public String toString() {
            return "%s, seed %d: %s%nfor %d bytes: %s%nrepeat with: bin/fuzz 1 --seed %d"
                    .formatted(
                            reader,
                            seed,
                            failure,
                            text.length,
                            new String(text, 0, Math.min(TOLD, text.length), StandardCharsets.ISO_8859_1),
                            seed);
        }
    }

    private Fuzz() {}

    /** @return what was found, by ascending seed; a text follows from its seed alone */
    static List<Finding> run(List<ForeignReader> readers, long firstSeed, long texts) {
        List<Finding> findings = new ArrayList<>();
        for (long seed = firstSeed; seed < firstSeed + texts; seed++) {
            ForeignReader reader = readers.get((int) Math.floorMod(seed, (long) readers.size()));
            byte[] text = new Mutations(new Random(seed)).of(reader.seeds());
            try {
                read(reader, text);
            } catch (Throwable e) {
                findings.add(new Finding(reader.name(), seed, text, e));
            }
        }
        return findings;
    }

    private static void read(ForeignReader reader, byte[] text) throws Throwable {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        foreseen(() -> reader.reading().read(text));
                        ended.complete(null);
                    } catch (Throwable e) {
                        ended.completeExceptionally(e);
                    }
                },
                reader.name(),
                STACK);
        thread.setDaemon(true);
        thread.start();
        try {
            ended.orTimeout(LONGEST.toMillis(), TimeUnit.MILLISECONDS).join();
        } catch (RuntimeException e) {
            Throwable cause = Failures.cause(e);
            throw cause instanceof TimeoutException ? new TimeoutException("took longer than " + LONGEST) : cause;
        }
    }

    /** Fails if what is done fails in a way that nobody has foreseen. */
    static void foreseen(Deed deed) throws Exception {
        try {
            deed.run();
        } catch (Exception e) {
            if (!ExpectedFailure.isExpected(Failures.cause(e))) {
                throw e;
            }
        }
    }

    /** Something that may fail. */
    @FunctionalInterface
    interface Deed {

        void run() throws Exception;
    }

    /** @param arguments the number of texts, and maybe {@code --seed} and the seed of the first */
    public static void main(String... arguments) {
        long texts = 0;
        long seed = 0;
        try {
            if (arguments.length != 1 && !(arguments.length == 3 && arguments[1].equals("--seed"))) {
                throw new NumberFormatException();
            }
            texts = Long.parseLong(arguments[0]);
            seed = arguments.length == 3
                    ? Long.parseLong(arguments[2])
                    : ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
        } catch (NumberFormatException e) {
            System.err.println("Usage: bin/fuzz N [--seed S], both whole numbers");
            System.exit(MISUSED);
        }
        long begin = System.nanoTime();
        List<Finding> findings = run(ForeignReaders.all(), seed, texts);
        findings.forEach(System.out::println);
        System.out.printf(
                "first seed: %d, texts: %d, took %d s, findings: %d%n",
                seed, texts, Duration.ofNanos(System.nanoTime() - begin).toSeconds(), findings.size());
        System.exit(findings.isEmpty() ? 0 : BROKEN);
    }
}
