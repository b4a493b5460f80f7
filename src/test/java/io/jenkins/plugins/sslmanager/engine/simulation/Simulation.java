package io.jenkins.plugins.sslmanager.engine.simulation;

import io.jenkins.plugins.sslmanager.engine.simulation.Schedule.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;

/** Runs many schedules, and tells what happened in them. {@code bin/simulate} starts it. */
final class Simulation {

    private static final int BROKEN = 1;
    private static final int MISUSED = 2;
    private static final int MOST_TOLD = 10;

    private Simulation() {}

    /** @return the violations, by ascending seed */
    static List<Violation> run(long firstSeed, long schedules, Seams seams, Tally tally) {
        return LongStream.range(firstSeed, firstSeed + schedules)
                .parallel()
                .mapToObj(seed -> Schedule.run(seed, seams, tally))
                .flatMap(Optional::stream)
                .toList();
    }

    static long randomSeed() {
        return ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
    }

    /** @param arguments the number of schedules, and maybe {@code --seed} and the seed of the first */
    public static void main(String... arguments) {
        long schedules = 0;
        long seed = 0;
        try {
            if (arguments.length != 1 && !(arguments.length == 3 && arguments[1].equals("--seed"))) {
                throw new NumberFormatException();
            }
            schedules = Long.parseLong(arguments[0]);
            seed = arguments.length == 3 ? Long.parseLong(arguments[2]) : randomSeed();
        } catch (NumberFormatException e) {
            System.err.println("Usage: bin/simulate N [--seed S], both whole numbers");
            System.exit(MISUSED);
        }
        long begin = System.nanoTime();
        Tally tally = new Tally();
        List<Violation> violations = run(seed, schedules, Seams.UNTOUCHED, tally);
        tell(tally, seed, Duration.ofNanos(System.nanoTime() - begin));
        violations.stream().limit(MOST_TOLD).map(Simulation::told).forEach(System.out::println);
        System.out.println("violations: " + violations.size());
        System.exit(violations.isEmpty() ? 0 : BROKEN);
    }

    private static void tell(Tally tally, long seed, Duration took) {
        System.out.printf("first seed: %d, took %d.%03d s%n", seed, took.toSeconds(), took.toMillisPart());
        tell("", tally.events());
        tell("fault: ", tally.faults());
        tell("crash: ", tally.crashes());
    }

    private static void tell(String kind, Map<?, ? extends Number> counts) {
        counts.forEach((what, count) -> System.out.printf("%10d  %s%s%n", count.longValue(), kind, what));
    }

    /** With all that it takes to follow and to repeat it. */
    static String told(Violation violation) {
        return "%n%s%n%nseed %d: %s%nrepeat with: bin/simulate 1 --seed %d%n"
                .formatted(
                        String.join(System.lineSeparator(), violation.lastEvents()),
                        violation.seed(),
                        violation.rule(),
                        violation.seed());
    }
}
