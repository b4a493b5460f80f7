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
                || (address instanceof Inet4Address ? isSharedOrReserved(octets) : isLocalOrTranslated(octets));
    }

    /**
     * 0.0.0.0/8, 100.64.0.0/10 behind the address translation of carriers, 192.0.0.0/24, 198.18.0.0/15, and 240.0.0.0/4 with the
     * broadcast address.
     */
    private static boolean isSharedOrReserved(byte[] octets) {
        int first = octets[0] & OCTET;
        int second = octets[1] & OCTET;
        return first == 0
                || first >= 0xF0
                || first == 100 && (second & 0xC0) == 0x40
                || first == 192 && second == 0 && octets[2] == 0
                || first == 198 && (second & 0xFE) == 18;
    }

    /** fc00::/7, and what leads to an IPv4 address that may be private: 64:ff9b::/32 (RFC 6052, RFC 8215) and 2002::/16. */
    private static boolean isLocalOrTranslated(byte[] octets) {
        return (octets[0] & 0xFE) == 0xFC
                || octets[0] == 0x20 && octets[1] == 0x02
                || octets[0] == 0 && octets[1] == 0x64 && octets[2] == (byte) 0xFF && octets[3] == (byte) 0x9B;
    }
}
