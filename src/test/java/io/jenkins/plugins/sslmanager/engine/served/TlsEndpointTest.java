package io.jenkins.plugins.sslmanager.engine.served;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hosts as people write them. */
class TlsEndpointTest {

    @Test
    void listHasEachOnce() {
        assertEquals(
                List.of(
                        new TlsEndpoint("www.example.com", 443, TlsStart.DIRECT),
                        new TlsEndpoint("mail.example.com", 25, TlsStart.SMTP),
                        new TlsEndpoint("2001:db8::1", 143, TlsStart.IMAP)),
                TlsEndpoint.parse(
                        "www.example.com:443, mail.example.com:25/smtp\n [2001:db8::1]:143/IMAP www.example.com:443,"));
    }

    @Test
    void isWrittenAsItIsRead() {
        String list = "[2001:db8::1]:143/imap, www:8443";
        assertEquals(
                list,
                String.join(
                        ", ",
                        TlsEndpoint.parse(list).stream()
                                .map(TlsEndpoint::toString)
                                .toList()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\"|no host is named. Write host:port, such as www.example.com:443",
                "www.example.com|'www.example.com' has no port. Write host:port, such as www.example.com:443 or www.example.com:25/smtp",
                "https://www.example.com|'https://www.example.com' is not a host. Write host:port, such as www.example.com:443,"
                        + " mail.example.com:25/smtp or [2001:db8::1]:443",
                "2001:db8::1:443|'2001:db8::1:443' is not a host. Write host:port, such as www.example.com:443,"
                        + " mail.example.com:25/smtp or [2001:db8::1]:443",
                "mail.example.com:110/pop3|'mail.example.com:110/pop3': unknown scheme 'pop3'. Write /smtp or /imap for STARTTLS, and"
                        + " nothing where TLS begins with the connection",
                "mail.example.com:25/direct|'mail.example.com:25/direct': unknown scheme 'direct'. Write /smtp or /imap for STARTTLS,"
                        + " and nothing where TLS begins with the connection",
                "www.example.com:0|'www.example.com:0': 0 is not a port. Write a number from 1 to 65535",
                "www.example.com:70000|'www.example.com:70000': 70000 is not a port. Write a number from 1 to 65535",
                "www.example.com:999999999999|'www.example.com:999999999999': 999999999999 is not a port. Write a number from 1 to 65535",
                "müller.example:443|'müller.example:443' is not a host name. Write it such as www.example.com, and international"
                        + " names in their xn-- form",
                "a_b.example.com:443|'a_b.example.com:443' is not a host name. Write it such as www.example.com, and international"
                        + " names in their xn-- form"
            })
    void whatSaysNothingIsNamed(String list, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> TlsEndpoint.parse(list))
                        .getMessage());
    }
}
