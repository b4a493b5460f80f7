package io.jenkins.plugins.sslmanager.engine.http;

import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.http.WindowedService.Network;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Transports that share one pace, a network and a service behind them, in virtual time. */
final class PacedFixture {
    final VirtualScheduler time = new VirtualScheduler();
    final RequestPace pace = new RequestPace(time::nanoTime);
    final WindowedService service;

    PacedFixture(Network network, long seed) {
        service = new WindowedService(time, network, seed);
    }

    /** Each way takes that long. */
    PacedFixture(int wayMillis) {
        this(Network.of(wayMillis, wayMillis), 0);
    }

    HttpTransport transport(String user) {
        return transport(user, TransportLimits.STANDARD, time);
    }

    HttpTransport transport(String user, TransportLimits limits, VirtualScheduler scheduler) {
        ServiceAccount account = new ServiceAccount(URI.create("https://localhost"), user, "secret", 4);
        return new HttpTransport(account, service, scheduler, limits, pace);
    }

    CompletableFuture<HttpAnswer> look(String path) {
        return transport("release-bot").send(call(Priority.LOOK, path));
    }

    CompletableFuture<HttpAnswer> order(String path) {
        return transport("release-bot").send(call(Priority.URGENT, path));
    }

    static HttpCall call(Priority priority, String path) {
        return new HttpCall(Task.CERTIFICATE_INFO, "GET", path, null, "application/json", Map::of, true)
                .withPriority(priority);
    }

    static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }
}
