package io.jenkins.plugins.sslmanager.engine.http;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.ApiException.Kind;
import io.jenkins.plugins.sslmanager.engine.async.Cancellation;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.logging.Logger;

/**
 * Sends the requests of one account. No thread waits: neither for an answer, nor for the service's limit on requests,
 * nor for the next attempt.
 */
public final class HttpTransport {
    private static final Logger LOGGER = Logger.getLogger(HttpTransport.class.getName());
    private static final double JITTER = 0.2;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Set<Integer> UNAVAILABLE = Set.of(502, 503, 504);
    private static final String USER_AGENT = "jenkins-ssl-manager/"
            + Optional.ofNullable(HttpTransport.class.getPackage().getImplementationVersion())
                    .orElse("dev");

    private final ServiceAccount account;
    private final HttpRoute route;
    private final ScheduledExecutorService scheduler;
    private final TransportLimits limits;
    private final RequestPace pace;
    private final RetryPolicy<HttpResponse<byte[]>> whateverFailed;
    private final RetryPolicy<HttpResponse<byte[]>> whereNothingWasDone;

    /**
     * @param scheduler for pauses; never occupied for longer than it takes to start a request
     */
    public HttpTransport(
            ServiceAccount account, HttpRoute route, ScheduledExecutorService scheduler, TransportLimits limits) {
        this(account, route, scheduler, limits, RequestPace.of(account.service()));
    }

    HttpTransport(
            ServiceAccount account,
            HttpRoute route,
            ScheduledExecutorService scheduler,
            TransportLimits limits,
            RequestPace pace) {
        this.account = account;
        this.route = route;
        this.scheduler = scheduler;
        this.limits = limits;
        this.pace = pace;
        this.whateverFailed = retryPolicy(limits, true);
        this.whereNothingWasDone = retryPolicy(limits, false);
    }

    /**
     * Sends a request, and again where that may be and may help: a repeatable call when it was not sent, its answer was
     * lost, or the service was overloaded (HTTP 429, 502, 503, 504); any other only when it certainly was not acted on
     * (not sent, or HTTP 429).
     *
     * @return the answer, whatever its HTTP status; or fails with {@link ApiException}. Cancelling this very future
     *     (not one derived from it) stops the request under way and all further attempts.
     */
    public CompletableFuture<HttpAnswer> send(HttpCall call) {
        CompletableFuture<HttpResponse<byte[]>> attempts = Failsafe.with(
                        call.repeatable() ? whateverFailed : whereNothingWasDone)
                .with(scheduler)
                .getStageAsync(() -> attempt(call));
        return Cancellation.passOn(attempts, attempts.thenApply(HttpAnswer::of));
    }

    private CompletableFuture<HttpResponse<byte[]>> attempt(HttpCall call) {
        CompletableFuture<HttpResponse<byte[]>> outcome = new CompletableFuture<>();
        Object origin = call.origin() == null ? account : call.origin();
        PacedRequest paced = new PacedRequest(call.priority(), origin, limits.requestsPerSecond(), scheduler);
        pace.enqueue(paced);
        outcome.whenComplete((response, failure) -> pace.abandon(paced));
        paced.turn().thenCompose(now -> exchange(call, paced, outcome)).whenComplete((response, failure) -> {
            if (failure == null) {
                heed(response, paced);
                outcome.complete(response);
            } else {
                outcome.completeExceptionally(ExchangeFailure.explain(call.task(), account.service(), failure));
            }
        });
        return outcome;
    }

    /** A service that asks for a pause asks all of its users for it, not this request alone. */
    private void heed(HttpResponse<?> response, PacedRequest paced) {
        if (response.statusCode() == TOO_MANY_REQUESTS) {
            pace.exceeded();
        }
        askedPause(response, limits.maxPause()).ifPresent(pause -> pace.stop(paced.priority(), pause));
        pace.answered(paced);
    }

    /** The JDK's own time limit for a request ends with the answer's headers; this one covers the body. */
    private CompletableFuture<HttpResponse<byte[]>> exchange(
            HttpCall call, PacedRequest paced, CompletableFuture<?> outcome) {
        long start = System.nanoTime();
        CompletableFuture<HttpResponse<byte[]>> exchange =
                route.send(request(call, paced), LimitedBody.atMost(limits.maxAnswerBytes()));
        Cancellation.passOn(exchange, outcome);
        return exchange.copy()
                .orTimeout(limits.requestTimeout().toNanos(), NANOSECONDS)
                .whenComplete((response, failure) -> LOGGER.fine(() -> "%s: %s after %d ms"
                        .formatted(
                                call.task(),
                                response == null ? "no answer" : "HTTP " + response.statusCode(),
                                MILLISECONDS.convert(System.nanoTime() - start, NANOSECONDS))));
    }

    /** HTTP/1.1, where a connection carries one request at a time, so that what happens to it tells of that one. */
    private HttpRequest.Builder request(HttpCall call, PacedRequest paced) {
        Supplier<byte[]> content = call.body();
        byte[] body = content == null ? null : content.get();
        BodyPublisher publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
        HttpRequest.Builder request = HttpRequest.newBuilder(account.resolve(call.path()))
                .version(HttpClient.Version.HTTP_1_1)
                .method(call.method(), new AnnouncedBody(publisher, () -> pace.sent(paced)))
                .header("User-Agent", USER_AGENT)
                .header("Accept", call.contentType());
        if (body != null) {
            request.header("Content-Type", call.contentType());
        }
        call.headers().get().forEach(request::header);
        return request;
    }

    private static RetryPolicy<HttpResponse<byte[]>> retryPolicy(TransportLimits limits, boolean repeatable) {
        return RetryPolicy.<HttpResponse<byte[]>>builder()
                .handleIf((response, failure) -> response == null
                        ? mayHelp(failure, repeatable)
                        : response.statusCode() == TOO_MANY_REQUESTS
                                || repeatable && UNAVAILABLE.contains(response.statusCode()))
                .withMaxAttempts(limits.attempts())
                .withBackoff(limits.firstPause(), limits.maxPause())
                .withJitter(JITTER)
                .withDelayFn(context -> ownPause(context.getLastResult(), limits.maxPause()))
                .build();
    }

    private static boolean mayHelp(Throwable failure, boolean repeatable) {
        return failure instanceof ApiException problem
                && (problem.kind() == Kind.UNREACHABLE || repeatable && problem.kind() == Kind.ANSWER_LOST);
    }

    /** Negative, which stands for the back-off, where the service asks for none. Jitter must not make it shorter. */
    private static Duration ownPause(@CheckForNull HttpResponse<?> response, Duration maxPause) {
        return askedPause(response, maxPause)
                .map(asked -> Duration.ofNanos((long) Math.ceil(asked.toNanos() / (1 - JITTER))))
                .orElse(Duration.ofNanos(-1));
    }

    private static Optional<Duration> askedPause(@CheckForNull HttpResponse<?> response, Duration maxPause) {
        if (response == null || response.statusCode() != TOO_MANY_REQUESTS && response.statusCode() != 503) {
            return Optional.empty();
        }
        return RetryAfter.of(response.headers()).map(asked -> asked.compareTo(maxPause) > 0 ? maxPause : asked);
    }
}
