package io.jenkins.plugins.sslmanager.engine.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.sslmanager.engine.dns.DnsRecord.Type;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DnsRecordTest {

    private static final String TOKEN = "2018092608362142n4sbul8rv8ttv7zkhjgzvyim8n1kpa9lys0uqdszxzs0pa0l";

    static List<Arguments> records() {
        return List.of(
                // The process page, over JSON and XML, and PrepareOrder of the sandbox.
                txt("example.com.\t\t300\tIN\tTXT\t\"" + TOKEN + "\"", "example.com", 300, TOKEN),
                txt("example.com.\t300\tIN\tTXT\t\"" + TOKEN + "\"", "example.com", 300, TOKEN),
                txt("example.com. 300 IN TXT \"" + TOKEN + "\"", "example.com", 300, TOKEN),
                // A public client's tests.
                txt("_dnsauth.example.com.\t300\tIN\tTXT\t\t\"abc\"", "_dnsauth.example.com", 300, "abc"),
                cname(
                        "_0A1B.example.com. 3600 IN CNAME 2C.3D.sectigo.com.",
                        "_0A1B.example.com",
                        3600,
                        "2C.3D.sectigo.com"),
                cname("_0A1B.example.com CNAME 2C.3D.sectigo.com", "_0A1B.example.com", null, "2C.3D.sectigo.com"),
                txt("_dnsauth.example.com IN 1h TXT abc", "_dnsauth.example.com", 3600, "abc"),
                txt("_dnsauth.example.com in txt abc", "_dnsauth.example.com", null, "abc"),
                txt("  _dnsauth.example.com. 0 TXT abc ; comment\n", "_dnsauth.example.com", 0, "abc"),
                txt("a.example.com. TXT \"ab c; \" \"d\\\"e\\\\f\\061\"", "a.example.com", null, "ab c; d\"e\\f="),
                txt("a.example.com. TXT ( \"b\"\n \"c\" )", "a.example.com", null, "bc"),
                txt("_dnsauth.xn--mller-kva.example. TXT abc", "_dnsauth.xn--mller-kva.example", null, "abc"));
    }

    private static Arguments txt(String line, String name, Integer ttl, String value) {
        return arguments(line, new DnsRecord(name, Type.TXT, ttl, value));
    }

    private static Arguments cname(String line, String name, Integer ttl, String value) {
        return arguments(line, new DnsRecord(name, Type.CNAME, ttl, value));
    }

    @ParameterizedTest
    @MethodSource("records")
    void linesOfZoneFilesAreTakenApart(String line, DnsRecord record) {
        assertEquals(record, DnsRecord.parse(line));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                        | it ends before its type, TXT or CNAME",
                "_dnsauth.example.com.                     | it ends before its type, TXT or CNAME",
                "_dnsauth.example.com. 300 IN              | it ends before its type, TXT or CNAME",
                "_dnsauth.example.com. 300 IN TXT          | it has no value",
                "_dnsauth.example.com. 300 IN TXT \"\"     | it has no value",
                "_dnsauth.example.com. 300 IN TXT \"abc    | EOF in quoted string",
                "_dnsauth.example.com. 300 IN A 192.0.2.1  | 'A' is neither a TTL, nor the class IN, nor TXT or CNAME",
                "_dnsauth.example.com. 300 CH TXT abc      | 'CH' is neither a TTL, nor the class IN, nor TXT or CNAME",
                "_dnsauth.example.com. 9x IN TXT abc       | '9x' is neither a TTL, nor the class IN, nor TXT or CNAME",
                "_dnsauth.example.com. CNAME a.example.com. b | unexpected tokens",
                "_dnsauth.example.com. CNAME target        | 'target' is not a full name",
                "_dnsauth 300 IN TXT abc                   | '_dnsauth' is not a full name",
                "@ 300 IN TXT abc                          | '@' is not a full name",
                "_dnsauth..example.com. TXT abc            | '_dnsauth..example.com.': invalid empty label",
                "$INCLUDE /etc/passwd                      | '$INCLUDE' is not a full name",
                "_dnsauth.müller.example. TXT abc          | it has characters outside of ASCII",
                "set the record yourself                   | 'set' is not a full name",
                "`a.example.com. TXT b\nc.example.com. TXT d` | there is more than one line",
            })
    void whatCannotBeReadIsRefusedWithItsReason(String line, String reason) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> DnsRecord.parse(line));

        assertTrue(refusal.getMessage().contains("' cannot be read: " + reason), refusal.getMessage());
    }

    @Test
    void aLineThatIsFarTooLongIsQuotedInPart() {
        String message = assertThrows(IllegalArgumentException.class, () -> DnsRecord.parse("x".repeat(5_000)))
                .getMessage();

        assertTrue(message.length() < 1_000, message);
    }
}
