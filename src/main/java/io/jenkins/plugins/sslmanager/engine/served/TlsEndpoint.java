package io.jenkins.plugins.sslmanager.engine.served;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;

/**
 * Where a server presents a certificate.
 *
 * @param host a name, or an IP address, without brackets
 */
public record TlsEndpoint(String host, int port, TlsStart start) implements Serializable {

    private static final Pattern FORM =
            Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([^:/\\[\\]]+))(?::([0-9]+))?(?:/([A-Za-z0-9]+))?");
    private static final Pattern IPV4 = Pattern.compile("[0-9.]+");
    private static final int LAST_PORT = 65_535;

    /**
     * @param list such as {@code www.example.com:443, mail.example.com:25/smtp, [2001:db8::1]:443}, separated by commas or white
     *     space
     * @return in their order, each once
     * @throws IllegalArgumentException if one cannot be read, or there is none
     */
    public static List<TlsEndpoint> parse(String list) {
        List<TlsEndpoint> endpoints = Arrays.stream(list.split("[,\\s]+"))
                .filter(text -> !text.isEmpty())
                .map(TlsEndpoint::parseOne)
                .distinct()
                .toList();
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("no host is named. Write host:port, such as www.example.com:443");
        }
        return endpoints;
    }

    private static TlsEndpoint parseOne(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "'" + text
                            + "' is not a host. Write host:port, such as www.example.com:443, mail.example.com:25/smtp or [2001:db8::1]:443");
        }
        String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
        if (parts.group(1) == null && !isName(host)) {
            throw new IllegalArgumentException(
                    "'" + text
                            + "' is not a host name. Write it such as www.example.com, and international names in their xn-- form");
        }
        if (parts.group(3) == null) {
            throw new IllegalArgumentException(
                    "'" + text + "' has no port. Write host:port, such as " + host + ":443 or " + host + ":25/smtp");
        }
        return new TlsEndpoint(host, port(text, parts.group(3)), start(text, parts.group(4)));
    }

    /** Tells whether it can be told to the server as the name that is asked for. */
    private static boolean isName(String host) {
        try {
            return host.chars().allMatch(character -> character < 128) && new SNIHostName(host).getEncoded().length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    boolean isAddress() {
        return host.contains(":") || IPV4.matcher(host).matches();
    }

    private static int port(String text, String digits) {
        int port = digits.length() > 5 ? 0 : Integer.parseInt(digits);
        if (port < 1 || port > LAST_PORT) {
            throw new IllegalArgumentException(
                    "'" + text + "': " + digits + " is not a port. Write a number from 1 to " + LAST_PORT);
        }
        return port;
    }

    private static TlsStart start(String text, String scheme) {
        if (scheme == null) {
            return TlsStart.DIRECT;
        }
        return Arrays.stream(TlsStart.values())
                .filter(start -> start != TlsStart.DIRECT && start.name().equalsIgnoreCase(scheme))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "': unknown scheme '" + scheme
                        + "'. Write /smtp or /imap for STARTTLS, and nothing where TLS begins with the connection"));
    }

    /** As it is written in a list. */
    @Override
    public String toString() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return name + ":" + port
                + (start == TlsStart.DIRECT ? "" : "/" + start.name().toLowerCase(Locale.ROOT));
    }
}
