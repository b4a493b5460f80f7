package io.jenkins.plugins.sslmanager.engine.http;

import io.jenkins.plugins.sslmanager.engine.api.ForwardingApi;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.async.Cancellation;
import io.jenkins.plugins.sslmanager.engine.http.WindowedService.Arrival;
import io.jenkins.plugins.sslmanager.engine.http.WindowedService.Network;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What stands before a service: our pace, a network, and a limit that refuses a fourth request in any window of a second. All in
 * virtual time; whatever is behind it answers at once.
 */
public final class StrictConnection {

    /** Some requests have to open a connection, which takes up to a second. */
    private static final double NEW_CONNECTIONS = 0.05;

    private static final Duration LONGEST_CONNECTING = Duration.ofSeconds(1);

    private final VirtualScheduler time;
    private final RequestPace pace;
    private final WindowedService service;

    /** @param longestMillis of the way there, and of the way back, each of which takes 2 at the least */
    public StrictConnection(VirtualScheduler time, int longestMillis, long seed) {
        this.time = time;
        pace = new RequestPace(time::nanoTime);
        Network network = new Network(
                Duration.ofMillis(2),
                Duration.ofMillis(longestMillis),
                LONGEST_CONNECTING,
                Duration.ZERO,
                NEW_CONNECTIONS,
                0);
        service = new WindowedService(time, network, seed);
    }

    /** The same service for a build that asks through this connection. */
    public SslManagerApi to(SslManagerApi behind, String build) {
        return to(behind, call -> call.withOrigin(build));
    }

    /** The same service for what is asked for the account, as an inbox does. */
    public SslManagerApi to(SslManagerApi behind) {
        return to(behind, UnaryOperator.identity());
    }

    private SslManagerApi to(SslManagerApi behind, UnaryOperator<HttpCall> calls) {
        ServiceAccount account = new ServiceAccount(URI.create("https://localhost"), "release-bot", "secret", 4);
        HttpTransport transport = new HttpTransport(account, service, time, TransportLimits.STANDARD, pace);
        return new Api(transport, behind, calls);
    }

    /** Sends requests that are that far apart when they start, whatever becomes of them: not by our pace. */
    public void sendSpaced(int requests, Duration between) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("https://localhost/any")).POST(BodyPublishers.noBody());
        for (int i = 0; i < requests; i++) {
            time.in(between.multipliedBy(i), () -> service.send(request, BodyHandlers.ofByteArray()));
        }
    }

    public long requests() {
        return service.arrivals().size();
    }

    /** Answers of HTTP 429. */
    public long refused() {
        return service.refused();
    }

    /** How often each task was asked for. */
    public Map<String, Long> byTask() {
        Map<String, Long> tasks = new TreeMap<>();
        for (Arrival arrival : service.arrivals()) {
            tasks.merge(arrival.path().substring(1), 1L, Long::sum);
        }
        return tasks;
    }

    private static final class Api extends ForwardingApi {

        private final HttpTransport transport;
        private final SslManagerApi behind;
        private final UnaryOperator<HttpCall> calls;

        Api(HttpTransport transport, SslManagerApi behind, UnaryOperator<HttpCall> calls) {
            this.transport = transport;
            this.behind = behind;
            this.calls = calls;
        }

        @Override
        protected <T> CompletableFuture<T> call(Task task, Function<SslManagerApi, CompletableFuture<T>> request) {
            boolean repeatable = task != Task.REISSUE;
            CompletableFuture<HttpAnswer> answer = transport.send(calls.apply(
                    new HttpCall(task, "GET", "/" + task.name(), null, "application/json", Map::of, repeatable)));
            return Cancellation.passOn(answer, answer.thenCompose(come -> request.apply(behind)));
        }

        @Override
        public SslManagerApi patient() {
            return new Api(transport, behind, call -> calls.apply(call).withPriority(Priority.LOOK));
        }
    }
}
