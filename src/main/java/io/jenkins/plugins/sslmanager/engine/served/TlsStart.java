package io.jenkins.plugins.sslmanager.engine.served;

import io.jenkins.plugins.sslmanager.engine.api.ForeignText;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** How a connection comes to TLS. */
public enum TlsStart {
    /** With its first byte. */
    DIRECT {
        @Override
        void prepare(Socket connection) {
            // Nothing is said before.
        }
    },
    /** RFC 3207. */
    SMTP {
        @Override
        void prepare(Socket connection) throws IOException {
            Predicate<String> isLast = line -> line.length() < 4 || line.charAt(3) != '-';
            requireLast(read(connection, isLast), "220", "the greeting");
            send(connection, "EHLO " + literal(connection.getLocalAddress()));
            requireLast(read(connection, isLast), "250", "EHLO");
            send(connection, "STARTTLS");
            requireLast(read(connection, isLast), "220", "STARTTLS");
        }
    },
    /** RFC 9051, 6.2.1. */
    IMAP {
        @Override
        void prepare(Socket connection) throws IOException {
            requireLast(read(connection, line -> true), "* OK", "the greeting");
            send(connection, "a STARTTLS");
            requireLast(read(connection, line -> line.startsWith("a ")), "a OK", "STARTTLS");
        }
    };

    /** RFC 5321, 4.5.3.1.5, is content with 512. */
    private static final int LONGEST_LINE = 2_000;

    private static final int MOST_LINES = 100;
    private static final int QUOTED = 120;

    /**
     * Says what has to be said before TLS.
     *
     * @throws ProtocolException if the server answers otherwise than with a yes
     */
    abstract void prepare(Socket connection) throws IOException;

    private static void send(Socket connection, String line) throws IOException {
        connection.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static List<String> read(Socket connection, Predicate<String> isLast) throws IOException {
        List<String> lines = new ArrayList<>();
        do {
            lines.add(readLine(connection.getInputStream()));
        } while (!isLast.test(lines.get(lines.size() - 1)) && lines.size() < MOST_LINES);
        return lines;
    }

    /** Byte by byte: whatever follows belongs to TLS. */
    private static String readLine(InputStream input) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0) {
                throw new EOFException("it closes the connection before TLS");
            }
            if (line.length() == LONGEST_LINE) {
                throw new ProtocolException("its line has no end");
            }
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }

    private static void requireLast(List<String> lines, String yes, String to) throws ProtocolException {
        String last = lines.get(lines.size() - 1);
        if (!last.startsWith(yes)) {
            throw new ProtocolException(
                    "it says \"" + ForeignText.oneLine(last, QUOTED) + "\" to " + to + ", where " + yes + " is a yes");
        }
    }

    private static String literal(InetAddress own) {
        String address = own.getHostAddress().replaceFirst("%.*", "");
        return own instanceof Inet6Address ? "[IPv6:" + address + "]" : "[" + address + "]";
    }
}
