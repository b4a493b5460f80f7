package io.jenkins.plugins.sslmanager.engine.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotedTest {
    @Test
    void quotesTheBeginningOnOneLine() {
        assertEquals("\"<html> <h1>Bad Gateway</h1>\"", quoted("<html>\r\n\t <h1>Bad Gateway</h1>\n"));
    }

    @Test
    void replacesWhatATerminalWouldObey() {
        assertEquals("\".red. .end\"", quoted("\u001B[31mred\u001B[0m \u0000\u0007\u202Eend"));
    }

    @Test
    void survivesBytesThatAreNoText() {
        assertEquals("\"\uFFFD\uFFFDPNG\"", Quoted.firstBytes(new byte[] {(byte) 0xff, (byte) 0xfe, 'P', 'N', 'G'}));
    }

    @Test
    void isBounded() {
        String quoted = quoted("x".repeat(100_000));
        assertEquals(200, quoted.length());
        assertTrue(quoted.endsWith("…\""), quoted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN PRIVATE KEY-----\nU0VDUkVU\n-----END PRIVATE KEY-----",
                "{\"key\":\"-----BEGIN RSA PRIVATE KEY-----\\nU0VDUkVU",
                "----BEGIN EC PRIVATE KEY----U0VDUkVU",
                "you sent Authorization: Basic U0VDUkVU",
                "{\"authorization\": \"Bearer U0VDUkVU\"}",
                "header 'basic U0VDUkVUOng=' is wrong",
                "<auth><user>bot</user><password>U0VDUkVU</password></auth>",
                "<password><![CDATA[U0VDUkVU]]></password>",
                "{\"user\":\"bot\",\"password\":\"x\\\"U0VDUkVU\"}",
                "<password type=\"text\">U0VDUkVU</password>",
                "<password kind='a>b'>U0VDUkVU</password>",
                "<token>U0VDUkVU</token>",
                "<a:userPassword>U0VDUkVU</a:userPassword>",
                "<pre>&lt;password type=\"text\"&gt;U0VDUkVU&lt;/password&gt;</pre>",
                "<token lang=\"de\"><![CDATA[U0VDUkVU]]></token>",
                "{\"token\" : \"U0VDUkVU\"}",
                "<script>var password='U0VDUkVU';</script>",
                "<object><type>request.auth.password</type><value>U0VDUkVU</value></object>",
                "<object><type>request.auth.password</type>\n <value><![CDATA[U0VDUkVU]]></value></object>",
                "{\"type\":\"request.auth.token\",\"value\":\"U0VDUkVU\"}",
                "request.auth.password=U0VDUkVU"
            })
    void hidesKeysAndPasswords(String answer) {
        String quoted = quoted(answer);
        assertFalse(quoted.contains("U0VDUkVU"), quoted);
        assertTrue(quoted.contains("[redacted]"), quoted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic authentication is needed",
                "Basic realm=\"service\"",
                "-----BEGIN CERTIFICATE-----MIIB-----END CERTIFICATE-----"
            })
    void hidesNothingElse(String answer) {
        assertEquals("\"" + answer + "\"", quoted(answer));
    }

    /** A gateway's page after an order: what is thrown here would leave the order without a state. */
    @ParameterizedTest
    @ValueSource(
            strings = {"x", "'x", "\\x", "\\\\", " ", "-", "password=", "<password ", "-----BEGIN ", "request.auth.a "})
    void aLongPageNeitherFillsTheStackNorTakesLong(String repeated) {
        String page = "<script>var password=" + repeated.repeat(200_000 / repeated.length());

        assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> assertTrue(quoted(page).contains("[redacted]"), () -> quoted(page)));
    }

    private static String quoted(String answer) {
        return Quoted.firstBytes(answer.getBytes(UTF_8));
    }
}
