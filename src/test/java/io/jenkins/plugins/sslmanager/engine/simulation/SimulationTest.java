package io.jenkins.plugins.sslmanager.engine.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import io.jenkins.plugins.sslmanager.engine.api.ForwardingApi;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.Poll;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import io.jenkins.plugins.sslmanager.engine.rotation.GuessedIdentity;
import io.jenkins.plugins.sslmanager.engine.rotation.IssuedCertificate;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationPort;
import io.jenkins.plugins.sslmanager.engine.simulation.Schedule.Violation;
import java.io.IOException;
import java.security.PrivateKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SimulationTest {

    private static final int SCHEDULES = 100;
    private static final int SCHEDULES_FOR_A_PLANTED_FAULT = 300;

    @Test
    void keepsAllRulesInTheSameSchedulesAsEverAndInNewOnes() {
        long newSeed = Simulation.randomSeed();
        System.out.println("SimulationTest: " + SCHEDULES + " schedules from seed 1, and from seed " + newSeed);
        Tally tally = new Tally();

        List<Violation> violations = Stream.of(1L, newSeed)
                .flatMap(seed -> Simulation.run(seed, SCHEDULES, Seams.UNTOUCHED, tally).stream())
                .toList();

        assertEquals("", violations.stream().map(Simulation::told).collect(Collectors.joining()));
        assertEquals(List.of(Fault.values()), List.copyOf(tally.faults().keySet()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("plantedFaults")
    void findsAPlantedFaultAndFindsItAgainByItsSeed(String brokenRule, Seams seams) {
        Violation found = firstViolation(seams);

        assertTrue(found.rule().matches(".*" + brokenRule + ".*"), found.rule());
        assertEquals(
                Optional.of(found),
                Schedule.run(found.seed(), seams, new Tally()),
                "the same seed leads to the same events");
        assertTrue(Simulation.told(found).contains("bin/simulate 1 --seed " + found.seed()));
        assertFalse(Schedule.run(found.seed(), Seams.UNTOUCHED, new Tally()).isPresent());
    }

    private static Violation firstViolation(Seams seams) {
        return LongStream.rangeClosed(1, SCHEDULES_FOR_A_PLANTED_FAULT)
                .mapToObj(seed -> Schedule.run(seed, seams, new Tally()))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new AssertionError("the planted fault was not found"));
    }

    static List<Arguments> plantedFaults() {
        Seams good = Seams.UNTOUCHED;
        String takesAnothers = "(of somebody else for its own|which is not its own)";
        return List.of(
                Arguments.of("before it was on disk", good.withInboxApi(ConfirmsWhatItPolls::new)),
                Arguments.of("before it was on disk", good.withLies(path -> path.startsWith("/inbox"))),
                Arguments.of("more often than the book says", good.withOrderApi(OrdersAgain::new)),
                Arguments.of("was renewed twice", good.withOrderApi(RenewsAgain::new)),
                Arguments.of("is lost: the key", good.withPort(DeletesTheKeyFirst::new)),
                Arguments.of("delivers what the vault does not keep", good.withPort(KeepsNothing::new)),
                Arguments.of("has lost what was kept", good.withLies(path -> path.startsWith("/vault"))),
                Arguments.of("a key that is not the certificate's", good.withPort(MixesUpKeptKeys::new)),
                Arguments.of("sent before it was on disk", good.withLies(path -> path.startsWith("/orders"))),
                Arguments.of(takesAnothers, good.withIdentity(GuessedIdentity.BY_TIME)),
                Arguments.of(takesAnothers, good.withIdentity(GuessedIdentity.BY_NAME)),
                Arguments.of(
                        "though its record is damaged",
                        good.withHidden(path -> path.startsWith("/orders") && path.endsWith("/damaged"))));
    }

    private abstract static class WrongApi extends ForwardingApi {

        private final SslManagerApi real;

        WrongApi(SslManagerApi real) {
            this.real = real;
        }

        @Override
        protected final <T> CompletableFuture<T> call(
                Task task, Function<SslManagerApi, CompletableFuture<T>> request) {
            return request.apply(real);
        }
    }

    /** The order of a hand-written pipeline: what is read is taken, and only then worked on. */
    private static final class ConfirmsWhatItPolls extends WrongApi {

        ConfirmsWhatItPolls(SslManagerApi real) {
            super(real);
        }

        @Override
        public CompletableFuture<Poll> pollInfo() {
            return super.pollInfo()
                    .thenCompose(poll -> poll.message()
                            .filter(message -> message.ctid() != null)
                            .map(message -> pollConfirm(message.id()).handle((confirmed, failure) -> poll))
                            .orElseGet(() -> CompletableFuture.completedFuture(poll)));
        }
    }

    /** Takes an answer that did not come for an order that did not arrive. */
    private static final class OrdersAgain extends WrongApi {

        OrdersAgain(SslManagerApi real) {
            super(real);
        }

        @Override
        public CompletableFuture<Job> reissue(long certificateId, CertificateOrder order, String ctid) {
            return again(() -> super.reissue(certificateId, order, ctid));
        }

        static CompletableFuture<Job> again(Supplier<CompletableFuture<Job>> order) {
            return order.get()
                    .exceptionallyCompose(
                            failure -> mayHaveArrived(failure) ? order.get() : CompletableFuture.failedFuture(failure));
        }

        private static boolean mayHaveArrived(Throwable failure) {
            return Failures.cause(failure) instanceof ApiException trouble && trouble.mayHaveActed();
        }
    }

    /** The same of a renewal, which is billed each time. */
    private static final class RenewsAgain extends WrongApi {

        RenewsAgain(SslManagerApi real) {
            super(real);
        }

        @Override
        public CompletableFuture<Job> renew(long certificateId, CertificateOrder order, String ctid) {
            return OrdersAgain.again(() -> super.renew(certificateId, order, ctid));
        }
    }

    /** Ends the order, and with it the key's stay in the book, before anything has the key. */
    private static final class DeletesTheKeyFirst extends ForwardingPort {

        private final OrderBook book;

        DeletesTheKeyFirst(RotationPort build, OrderBook book) {
            super(build);
            this.book = book;
        }

        @Override
        public void deliver(Order order, IssuedCertificate issued, PrivateKey key)
                throws IOException, InterruptedException {
            book.advance(order, Order::delivered);
            super.deliver(order, issued, key);
        }
    }

    /** Hands over what nothing has kept, so that whoever finds the target empty has to order. */
    private static final class KeepsNothing extends ForwardingPort {

        KeepsNothing(RotationPort build, OrderBook book) {
            super(build);
        }

        @Override
        public void keep(Order order, IssuedCertificate issued, PrivateKey key) {}
    }

    /** Takes the certificate that is kept for a job, and the key of another. */
    private static final class MixesUpKeptKeys extends ForwardingPort {

        MixesUpKeptKeys(RotationPort build, OrderBook book) {
            super(build);
        }

        @Override
        public void fill(IssuedCertificate kept, PrivateKey key) throws IOException, InterruptedException {
            super.fill(kept, KeyAlgorithm.EC_P256.generate().getPrivate());
        }
    }
}
