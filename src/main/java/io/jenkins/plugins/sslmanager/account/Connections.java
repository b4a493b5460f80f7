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
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import jenkins.model.Jenkins;
import org.xbill.DNS.NioClient;

/** The connections of this controller to the SSL Manager, through Jenkins' proxy, on a pool of their own. */
@Extension
public final class Connections {

    private record Connection(ServiceAccount account, Protocol protocol, SslManagerApi api) {}

    private record Route(@CheckForNull ProxyConfiguration proxy, HttpRoute way) {}

    /** Tests are less patient. */
    static TransportLimits limits = TransportLimits.STANDARD;

    private final ScheduledThreadPoolExecutor scheduler =
            new ScheduledThreadPoolExecutor(2, new NamingThreadFactory(new DaemonThreadFactory(), "SSL Manager"));
    private final Pauses pauses = Pauses.on(scheduler);
    private final Map<String, Connection> connections = new ConcurrentHashMap<>();
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

    /** One API for each user of an account, since it learns the service's routes; a new one when any of it changes. */
    SslManagerApi api(String accountId, Protocol protocol, ServiceAccount account) {
        SslManagerApi api = connection(accountId, protocol, account);
        return ReadOnlyController.isOn() ? new ReadOnlyApi(api) : api;
    }

    private SslManagerApi connection(String accountId, Protocol protocol, ServiceAccount account) {
        return connections
                .compute(
                        accountId + "\n" + account.user(),
                        (key, known) -> known != null && known.account().equals(account) && known.protocol() == protocol
                                ? known
                                : new Connection(account, protocol, connect(protocol, account, limits)))
                .api();
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
