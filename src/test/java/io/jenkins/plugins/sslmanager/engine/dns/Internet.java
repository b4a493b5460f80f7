package io.jenkins.plugins.sslmanager.engine.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;

/** Name servers at addresses of their own, all on loopback, and one that finds names anywhere. */
public final class Internet implements Resolvers, AutoCloseable {

    private static final Duration LONGER_THAN_ANY_ANSWER = Duration.ofSeconds(30);

    final NameServer anywhere = NameServer.start(NameServer.Behaviour.RECURSIVE);
    private final Map<InetAddress, NameServer> byAddress = new HashMap<>();
    private final List<InetAddress> roots = new ArrayList<>();
    boolean privateAddresses;
    private final List<NameServer> servers = new ArrayList<>(List.of(anywhere));

    /** A server that is in charge of a zone, at an address of its own. */
    public NameServer inCharge(String zone, String name) {
        anywhere.add(zone + " NS " + name);
        return at(name, "192.0.2." + (byAddress.size() + 1));
    }

    /** A server at one more address of that name. */
    NameServer at(String name, String address) {
        anywhere.add(name + (address.contains(":") ? " AAAA " : " A ") + address);
        NameServer server = NameServer.start(NameServer.Behaviour.IN_CHARGE);
        servers.add(server);
        byAddress.put(address(address), server);
        return server;
    }

    @Override
    public Resolver recursive() {
        return resolver(anywhere);
    }

    /** A server of the root, from which zones can be reached without the one that finds names anywhere. */
    NameServer root() {
        roots.add(address("198.51.100.1"));
        NameServer root = NameServer.start(NameServer.Behaviour.DELEGATING);
        servers.add(root);
        byAddress.put(address("198.51.100.1"), root);
        return root;
    }

    @Override
    public List<InetAddress> roots() {
        return List.copyOf(roots);
    }

    @Override
    public boolean mayAskPrivateAddresses() {
        return privateAddresses;
    }

    @Override
    public Resolver of(InetAddress nameServer) {
        return resolver(byAddress.get(nameServer));
    }

    private static Resolver resolver(NameServer server) {
        Resolver resolver = new SimpleResolver(server.address());
        resolver.setTimeout(server.isSilent() ? Duration.ZERO : LONGER_THAN_ANY_ANSWER);
        return resolver;
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void close() {
        servers.forEach(NameServer::close);
    }
}
