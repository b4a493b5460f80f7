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
import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import io.jenkins.plugins.sslmanager.engine.http.HttpRoute;
import io.jenkins.plugins.sslmanager.engine.http.HttpTransport;
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
import java.util.concurrent.ScheduledThreadPoolExecutor;
import jenkins.model.Jenkins;
import org.xbill.DNS.NioClient;

/** The connections of this controller to the SSL Manager, through Jenkins' proxy, on a pool of their own. */
@Extension
public final class Connections {

    private record User(String accountId, Protocol protocol, ServiceAccount account) {}

    private record Connection(SslManagerApi api, Instant used) {}

    /** A password that nobody signs in with any more is not kept for longer. */
    private static final Duration KEPT_UNUSED = Duration.ofHours(1);

    private record Route(@CheckForNull ProxyConfiguration proxy, HttpRoute way) {}

    /** Tests are less patient. */
    static TransportLimits limits = TransportLimits.STANDARD;

    private final ScheduledThreadPoolExecutor scheduler =
            new ScheduledThreadPoolExecutor(2, new NamingThreadFactory(new DaemonThreadFactory(), "SSL Manager"));
    private final Pauses pauses = Pauses.on(scheduler);
    private final Map<User, Connection> connections = new ConcurrentHashMap<>();
    private Route route;

    public Connections() {
        scheduler.setRemoveOnCancelPolicy(true);
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
     * One API for each user of an account, since it learns the service's routes; a new one when any of it changes. The same
     * object for the same user with the same password, by which {@link Access#signIn} tells them apart.
     */
    SslManagerApi connection(String accountId, Protocol protocol, ServiceAccount account) {
        return connections
                .compute(
                        new User(accountId, protocol, account),
                        (user, known) -> new Connection(
                                known == null ? connect(protocol, account, limits) : known.api(), Instant.now()))
                .api();
    }

    /** Forgets the passwords of accounts that are gone, and those that nobody uses. */
    void forgetUnused(Set<String> accountIds, Instant now) {
        connections
                .entrySet()
                .removeIf(known -> !accountIds.contains(known.getKey().accountId())
                        || known.getValue().used().isBefore(now.minus(KEPT_UNUSED)));
    }

    SslManagerApi connect(Protocol protocol, ServiceAccount account, TransportLimits limits) {
        return protocol.over(account, new HttpTransport(account, this::send, scheduler, limits)::send);
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
        NioClient.close();
    }
}
