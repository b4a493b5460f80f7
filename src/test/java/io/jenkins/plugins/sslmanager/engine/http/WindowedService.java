package io.jenkins.plugins.sslmanager.engine.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSession;

/**
 * The way to the service, and a service that answers HTTP 429 to a fourth request in any window of a second, in virtual time.
 * What was written arrives, whoever cancels it.
 */
final class WindowedService implements HttpRoute {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int LIMIT = 3;

    /** A request as it came to the service. */
    record Arrival(String path, Duration begun, Duration at, int status) {}

    /**
     * @param newConnections the share of requests that have to open one
     * @param lost the share of requests whose answer never comes
     */
    record Network(
            Duration shortestWay,
            Duration longestWay,
            Duration longestConnecting,
            Duration longestWork,
            double newConnections,
            double lost) {

        static Network of(int shortestMillis, int longestMillis) {
            return new Network(
                    Duration.ofMillis(shortestMillis), Duration.ofMillis(longestMillis), SECOND, Duration.ZERO, 0, 0);
        }

        /** That share of answers is lost, and that share of requests opens connections, for up to three seconds. */
        Network withTrouble(double lost, double newConnections) {
            return new Network(
                    shortestWay, longestWay, SECOND.multipliedBy(3), SECOND.multipliedBy(3), newConnections, lost);
        }
    }

    private final VirtualScheduler time;
    private final Network network;
    private final Random random;
    private final List<Arrival> arrivals = new ArrayList<>();
    private int begun;
    private Optional<HttpResponse<byte[]>> next = Optional.empty();

    WindowedService(VirtualScheduler time, Network network, long seed) {
        this.time = time;
        this.network = network;
        this.random = new Random(seed);
    }

    List<Arrival> arrivals() {
        return arrivals;
    }

    List<String> paths() {
        return arrivals.stream().map(Arrival::path).toList();
    }

    int begun() {
        return begun;
    }

    long refused() {
        return arrivals.stream().filter(arrival -> arrival.status() == 429).count();
    }

    /** Answers so once, whatever the window. */
    void answerNext(int status, String... header) {
        next = Optional.of(new Answer(status, HttpHeaders.of(Map.of(header[0], List.of(header[1])), (a, b) -> true)));
    }

    /** The most requests in any second of the service. */
    int mostInASecond() {
        List<Duration> moments = arrivals.stream().map(Arrival::at).sorted().toList();
        int most = 0;
        for (int first = 0, last = 0; last < moments.size(); last++) {
            while (moments.get(last).minus(moments.get(first)).compareTo(SECOND) >= 0) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    @Override
    public CompletableFuture<HttpResponse<byte[]>> send(HttpRequest.Builder builder, BodyHandler<byte[]> body) {
        HttpRequest request = builder.build();
        CompletableFuture<HttpResponse<byte[]>> answer = new CompletableFuture<>();
        Duration beginning = time.now();
        begun++;
        boolean connects = random.nextDouble() < network.newConnections();
        time.in(connects ? upTo(network.longestConnecting()) : Duration.ZERO, () -> {
            if (!answer.isDone()) {
                request.bodyPublisher().orElseThrow().contentLength();
                time.in(way(), () -> arrive(request.uri().getPath(), beginning, answer));
            }
        });
        return answer;
    }

    private void arrive(String path, Duration beginning, CompletableFuture<HttpResponse<byte[]>> answer) {
        Duration windowStart = time.now().minus(SECOND);
        long admitted = arrivals.stream()
                .skip(Math.max(0, arrivals.size() - 20))
                .filter(earlier -> earlier.status() != 429 && earlier.at().compareTo(windowStart) > 0)
                .count();
        HttpResponse<byte[]> response = next.orElseGet(
                () -> new Answer(admitted < LIMIT ? 200 : 429, HttpHeaders.of(Map.of(), (a, b) -> true)));
        next = Optional.empty();
        arrivals.add(new Arrival(path, beginning, time.now(), response.statusCode()));
        if (random.nextDouble() < network.lost()) {
            time.in(SECOND.multipliedBy(5), () -> answer.completeExceptionally(new IOException("reset")));
        } else {
            time.in(upTo(network.longestWork()).plus(way()), () -> answer.complete(response));
        }
    }

    private Duration way() {
        return network.shortestWay().plus(upTo(network.longestWay().minus(network.shortestWay())));
    }

    private Duration upTo(Duration longest) {
        return Duration.ofNanos(random.nextLong(longest.toNanos() + 1));
    }

    private record Answer(int statusCode, HttpHeaders headers) implements HttpResponse<byte[]> {
        @Override
        public HttpRequest request() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<HttpResponse<byte[]>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public byte[] body() {
            return new byte[0];
        }

        @Override
        public Optional<SSLSession> sslSession() {
            return Optional.empty();
        }

        @Override
        public URI uri() {
            throw new UnsupportedOperationException();
        }

        @Override
        public HttpClient.Version version() {
            return HttpClient.Version.HTTP_1_1;
        }
    }
}
