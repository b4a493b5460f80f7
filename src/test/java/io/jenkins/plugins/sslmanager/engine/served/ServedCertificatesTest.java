package io.jenkins.plugins.sslmanager.engine.served;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.served.TlsServer.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is told of servers: which address of which host presents which certificate, and what to do where one does not. */
class ServedCertificatesTest {

    private static final Identity OLD = Identity.of("www.example.com");
    private static final Identity NEW = Identity.of("www.example.com");
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private TlsServer server;

    @AfterEach
    void close() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }

    private static ServedReport look(HostAddresses names, String hosts) throws Exception {
        List<TlsEndpoint> endpoints = TlsEndpoint.parse(hosts);
        return new ServedReport(
                NEW.presented().sha256Fingerprint(),
                endpoints,
                new ServedCertificates(names, 4, LIMIT).look(endpoints));
    }

    private static ServedReport look(String hosts) throws Exception {
        return look(host -> List.of(address("127.0.0.1")), hosts);
    }

    private static void assertFault(String expected, ServedReport report) {
        assertFalse(report.isServed());
        String fault = report.fault().orElseThrow();
        assertTrue(fault.contains(expected), fault);
    }

    @Test
    void serverIsAskedByTheNameOfTheHost() throws Exception {
        server = TlsServer.local(NEW);
        ServedReport report = look("www.example.com:" + server.port());
        assertTrue(report.isServed(), () -> report.lines().toString());
        assertEquals(List.of("www.example.com:" + server.port() + " (127.0.0.1): presents it"), report.lines());
        assertEquals("www.example.com", server.askedFor.peek());
    }

    @Test
    void oldCertificateOnTheIpv6AddressAloneIsSeen() throws Exception {
        server = TlsServer.local(NEW);
        int port = server.port();
        try (TlsServer ipv6 = new TlsServer(address("::1"), port, (in, connection) -> {}, OLD)) {
            HostAddresses both = host -> List.of(address("127.0.0.1"), address("::1"));
            ServedReport report = look(both, "www.example.com:" + port);
            assertEquals(
                    "www.example.com:" + port + " (127.0.0.1): presents it",
                    report.lines().get(0));
            assertFault("www.example.com:" + port + " (0:0:0:0:0:0:0:1): presents another (CN=www.example.com", report);

            ipv6.present(NEW);
            assertTrue(look(both, "www.example.com:" + port).isServed());
        }
    }

    @Test
    void addressIsAskedWithoutAName() throws Exception {
        server = TlsServer.local(NEW);
        assertTrue(look("127.0.0.1:" + server.port()).isServed());
        assertTrue(server.askedFor.isEmpty());
    }

    @Test
    void certificateThatHasExpiredIsComparedLikeAnyOther() throws Exception {
        Identity expired = Identity.of("www.example.com", Instant.now().minus(Duration.ofDays(400)));
        server = TlsServer.local(expired);
        assertFault(expired.presented().serialNumber(), look("www.example.com:" + server.port()));
    }

    @Test
    void secondServerBehindOneAddressIsMet() throws Exception {
        server = TlsServer.local(NEW, OLD);
        assertFault(
                "presents several certificates in turn: it and another (" + OLD.presented() + ")."
                        + " Several servers stand behind this address: bring the certificate to each of them",
                look("www.example.com:" + server.port()));
        assertEquals(4, server.connections());
    }

    @Test
    void mailServerIsAskedForTlsFirst() throws Exception {
        server = TlsServer.greeting(
                (in, connection) -> {
                    TlsServer.say(connection, "220-mail.example.com");
                    TlsServer.say(connection, "220 ESMTP");
                    assertEquals("EHLO [127.0.0.1]", in.readLine());
                    TlsServer.say(connection, "250-mail.example.com");
                    TlsServer.say(connection, "250 STARTTLS");
                    assertEquals("STARTTLS", in.readLine());
                    TlsServer.say(connection, "220 Go ahead");
                },
                NEW);
        assertTrue(look("mail.example.com:" + server.port() + "/smtp").isServed());
    }

    @Test
    void mailboxServerIsAskedForTlsFirst() throws Exception {
        server = TlsServer.greeting(
                (in, connection) -> {
                    TlsServer.say(connection, "* OK IMAP4rev2 ready");
                    assertEquals("a STARTTLS", in.readLine());
                    TlsServer.say(connection, "* CAPABILITY IMAP4rev2");
                    TlsServer.say(connection, "a OK Begin TLS");
                },
                NEW);
        assertTrue(look("mail.example.com:" + server.port() + "/IMAP").isServed());
    }

    @Test
    void mailServerWithoutTlsIsQuoted() throws Exception {
        server = TlsServer.greeting(
                (in, connection) -> {
                    TlsServer.say(connection, "220 ESMTP");
                    in.readLine();
                    TlsServer.say(connection, "250 mail.example.com");
                    in.readLine();
                    TlsServer.say(connection, "502 Command\u0007not implemented");
                },
                NEW);
        assertFault(
                "it says \"502 Command.not implemented\" to STARTTLS, where 220 is a yes",
                look("mail.example.com:" + server.port() + "/smtp"));
    }

    @Test
    void serverWithoutTlsIsNamed() throws Exception {
        server = TlsServer.greeting((in, connection) -> TlsServer.say(connection, "HTTP/1.1 400 Bad Request"), NEW);
        assertFault(
                ": no TLS (Unsupported or unrecognized SSL message). Check the port, and whether it wants /smtp or /imap",
                look("www.example.com:" + server.port()));
    }

    @Test
    void closedPortIsNamed() throws Exception {
        server = TlsServer.local(NEW);
        int port = server.port();
        server.close();
        assertFault(
                "www.example.com:" + port
                        + " (127.0.0.1): no connection (Connection refused). Check that the server runs, and its port",
                look("www.example.com:" + port));
    }

    @Test
    void silentServerHoldsNobodyUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, address("127.0.0.1"))) {
            assertFault(
                    "no answer within 1 seconds. Check that a firewall",
                    look("www.example.com:" + silent.getLocalPort()));
        }
    }

    @Test
    void nameThatDoesNotResolveIsNamed() throws Exception {
        HostAddresses nobody = host -> {
            throw new UnknownHostException(host);
        };
        assertFault(
                "wwww.example.com:443: the name does not resolve here. Check its spelling, and the DNS of this machine",
                look(nobody, "wwww.example.com:443"));
    }

    @Test
    void addressOutOfReachCountsNeitherWayUnlessItIsTheOnlyOneOfItsHost() {
        TlsEndpoint www = TlsEndpoint.parse("www.example.com:443").get(0);
        TlsEndpoint mail = TlsEndpoint.parse("mail.example.com:443").get(0);
        AddressLook good = AddressLook.of(www, "192.0.2.1", List.of(NEW.presented()), null);
        AddressLook ipv6 = AddressLook.outOfReach(www, "2001:db8::1");
        ServedReport both = report(List.of(www), List.of(good, ipv6));
        assertTrue(both.isServed());
        assertEquals(
                "www.example.com:443 (2001:db8::1): not asked, since this machine has no IPv6",
                both.lines().get(1));
        assertFault("not asked", report(List.of(www), List.of(ipv6)));
        assertFault(
                "mail.example.com:443 (2001:db8::2): not asked",
                report(List.of(www, mail), List.of(good, AddressLook.outOfReach(mail, "2001:db8::2"))));
    }

    @Test
    void whatAnAgentLeavesOutOrMakesUpIsNotTakenForServed() {
        TlsEndpoint www = TlsEndpoint.parse("www.example.com:443").get(0);
        TlsEndpoint mail = TlsEndpoint.parse("mail.example.com:443").get(0);
        AddressLook good = AddressLook.of(www, "192.0.2.1", List.of(NEW.presented()), null);

        assertFault("www.example.com:443: no address was asked", report(List.of(www), List.of()));
        assertFault("mail.example.com:443: no address was asked", report(List.of(www, mail), List.of(good)));
        assertFault("mail.example.com:443: no address was asked", report(List.of(mail), List.of(good)));
    }

    @Test
    void whatAnAgentSaysOfItsLookIsBoundedAndOfOneLine() {
        TlsEndpoint www = TlsEndpoint.parse("www.example.com:443").get(0);
        AddressLook look =
                AddressLook.of(www, "192.0.2.1", List.of(), "refused\n[Pipeline] End " + "x".repeat(100_000));

        List<String> lines =
                report(List.of(www), Collections.nCopies(100_000, look)).lines();

        assertEquals(1_000, lines.size());
        assertTrue(
                lines.get(0).startsWith("www.example.com:443 (192.0.2.1): refused [Pipeline] End xxx"), lines.get(0));
        assertEquals(2_000, lines.get(0).length());
    }

    private static ServedReport report(List<TlsEndpoint> endpoints, List<AddressLook> looks) {
        return new ServedReport(NEW.presented().sha256Fingerprint(), endpoints, looks);
    }
}
