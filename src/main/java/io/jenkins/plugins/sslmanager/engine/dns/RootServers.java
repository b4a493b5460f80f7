package io.jenkins.plugins.sslmanager.engine.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/** The root of the DNS: some of the addresses in IANA's root hints (https://www.internic.net/domain/named.root). */
final class RootServers {

    static final List<InetAddress> ADDRESSES = Stream.of(
                    "198.41.0.4", "170.247.170.2", "192.33.4.12", "199.7.91.13", "192.203.230.10")
            .map(RootServers::address)
            .toList();

    private RootServers() {}

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("A literal is never looked up", e);
        }
    }
}
