package io.jenkins.plugins.sslmanager.engine.dns;

import java.net.Inet4Address;
import java.net.InetAddress;

/** An address that the Internet does not lead to, so that what answers there is nobody's name server but one's own. */
final class PrivateAddress {

    private static final int OCTET = 0xFF;

    private PrivateAddress() {}

    /** Tells it by the registries of special addresses (RFC 6890, with RFC 6598 and RFC 4193). */
    static boolean is(InetAddress address) {
        byte[] octets = address.getAddress();
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || (address instanceof Inet4Address ? isSharedOrReserved(octets) : isUniqueLocal(octets));
    }

    /** 0.0.0.0/8, 100.64.0.0/10 behind the address translation of carriers, and 240.0.0.0/4 with the broadcast address. */
    private static boolean isSharedOrReserved(byte[] octets) {
        int first = octets[0] & OCTET;
        return first == 0 || first >= 0xF0 || first == 100 && (octets[1] & 0xC0) == 0x40;
    }

    /** fc00::/7 */
    private static boolean isUniqueLocal(byte[] octets) {
        return (octets[0] & 0xFE) == 0xFC;
    }
}
