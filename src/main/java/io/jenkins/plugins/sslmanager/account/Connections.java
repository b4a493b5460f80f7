package io.jenkins.plugins.sslmanager.account;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.ProxyConfiguration;
import hudson.init.Terminator;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.async.Cancellation;
import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import io.jenkins.plugins.sslmanager.engine.http.HttpAnswer;
import io.jenkins.plugins.sslmanager.engine.http.HttpCall;
import io.jenkins.plugins.sslmanager.engine.http.HttpRoute;
import io.jenkins.plugins.sslmanager.engine.http.HttpTransport;
import io.jenkins.plugins.sslmanager.engine.http.Priority;
import io.jenkins.plugins.sslmanager.engine.http.ServiceAccount;
import io.jenkins.plugins.sslmanager.engine.http.TransportLimits;
import io.jenkins.plugins.sslmanager.engine.inbox.Access;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import jenkins.model.Jenkins;
import org.xbill.DNS.NioClient;

/** The connections of this controller to the SSL Manager, through Jenkins' proxy, on a pool of their own. */
@Extension
public final class Connections {

    private record User(String accountId, Protocol protocol, ServiceAccount account) {}

    private record Connection(Function<UnaryOperator<HttpCall>, SslManagerApi> apis, Instant used) {}

    /** A password that nobody signs in with any more is not kept for longer. */
    private static final Duration KEPT_UNUSED = Duration.ofHours(1);

    /** Enough that one slow disk or store of credentials does not stop the others. */
    private static final int WORKERS = 8;

    /** Goes out before what builds wait for. */
    static final UnaryOperator<HttpCall> FOR_PERSON = call -> call.withPriority(Priority.URGENT);

    private record Route(@CheckForNull ProxyConfiguration proxy, HttpRoute way) {}

    /** Tests are less patient. */
    static TransportLimits limits = TransportLimits.STANDARD;

    private final ScheduledThreadPoolExecutor scheduler =
            new ScheduledThreadPoolExecutor(2, new NamingThreadFactory(new DaemonThreadFactory(), "SSL Manager"));

    /** What follows a pause or an answer, and may block for a disk, while the timers go on. */
    private final ThreadPoolExecutor workers = new ThreadPoolExecutor(
            WORKERS,
            WORKERS,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(),
            new NamingThreadFactory(new DaemonThreadFactory(), "SSL Manager work"));

    private final Pauses pauses = Pauses.on(scheduler, workers);
    private final Map<User, Connection> connections = new ConcurrentHashMap<>();
    private Route route;

    public Connections() {
        scheduler.setRemoveOnCancelPolicy(true);
        workers.allowCoreThreadTimeOut(true);
    }

    public static Connections get() {
        return ExtensionList.lookupSingleton(Connections.class);
    }

    public Pauses pauses() {
        return pauses;
    }

    static SslManagerApi guarded(SslManagerApi api) {
        return ReadOnlyController.isOn() ? new ReadOnlyApi(api) : api;
    }

    /**
     * All APIs of an account's user are made of one connection, since it learns the service's routes; there is a new one when
     * any of it changes. The same object for the same user with the same password, by which {@link Access#signIn} tells them
     * apart.
     *
     * @return makes an API whose calls are marked, such as with the build that they are made for
     */
    Function<UnaryOperator<HttpCall>, SslManagerApi> connection(
            String accountId, Protocol protocol, ServiceAccount account) {
        return connections
                .compute(
                        new User(accountId, protocol, account),
                        (user, known) -> new Connection(
                                known == null ? protocol.apis(account, transport(account, limits)) : known.apis(),
                                Instant.now()))
                .apis();
    }

    /** Forgets the passwords of accounts that are gone, and those that nobody uses. */
    void forgetUnused(Set<String> accountIds, Instant now) {
        // Also what is in use at this moment, which removing entries by their values would leave.
        connections.keySet().removeIf(known -> !accountIds.contains(known.accountId()));
        connections.values().removeIf(known -> known.used().isBefore(now.minus(KEPT_UNUSED)));
    }

    /** For a person who waits at a form. */
    SslManagerApi connectForPerson(Protocol protocol, ServiceAccount account, TransportLimits limits) {
        return protocol.apis(account, transport(account, limits)).apply(FOR_PERSON);
    }

    private Function<HttpCall, CompletableFuture<HttpAnswer>> transport(
            ServiceAccount account, TransportLimits limits) {
        HttpTransport transport = new HttpTransport(account, this::send, scheduler, limits);
        return call -> handedOver(transport.send(call));
    }

    /** A failure may come from a timer that is shared with all of this JVM. */
    <T> CompletableFuture<T> handedOver(CompletableFuture<T> answer) {
        return Cancellation.passOn(answer, answer.whenCompleteAsync((answered, failure) -> {}, workers));
    }

    private CompletableFuture<HttpResponse<byte[]>> send(HttpRequest.Builder request, BodyHandler<byte[]> body) {
        return route().way().send(request, body);
    }

    /** Kept until an administrator changes the proxy: each client has a thread. */
    private synchronized Route route() {
        ProxyConfiguration proxy = Jenkins.get().getProxy();
        if (route == null || route.proxy() != proxy) {
            route = new Route(proxy, ProxyRoute.by(proxy));
        }
        return route;
    }

    @Terminator
    public static void close() {
        get().scheduler.shutdownNow();
        get().workers.shutdownNow();
        NioClient.close();
    }
}
