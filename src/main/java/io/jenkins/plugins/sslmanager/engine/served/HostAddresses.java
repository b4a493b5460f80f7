package io.jenkins.plugins.sslmanager.engine.served;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host. */
@FunctionalInterface
public interface HostAddresses {

    /**
     * @param host a name or an IP address
     * @return all of them, IPv4 and IPv6
     */
    List<InetAddress> of(String host) throws UnknownHostException;

    /** As this machine's resolver tells them. */
    static List<InetAddress> ofThisMachine(String host) throws UnknownHostException {
        return List.of(InetAddress.getAllByName(host));
    }
}
