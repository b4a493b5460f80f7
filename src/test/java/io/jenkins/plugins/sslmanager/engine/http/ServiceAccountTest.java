package io.jenkins.plugins.sslmanager.engine.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceAccountTest {
    private static final String PASSWORD = "s3cret";

    @ParameterizedTest
    @CsvSource({
        "https://api.autodns.com/v1, api.autodns.com:443",
        "HTTPS://API.AutoDNS.com, api.autodns.com:443",
        "https://demo.autodns.com:8443/gateway/, demo.autodns.com:8443",
        "http://localhost, localhost:80",
        "http://127.0.0.1:8080/v1, 127.0.0.1:8080",
        "http://[::1]:8080, [::1]:8080"
    })
    void acceptsHttpsAndPlainHttpOnThisMachine(URI url, String service) {
        assertEquals(service, account(url, "bot", PASSWORD, 4).service());
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://api.autodns.com, must begin with https://",
        "api.autodns.com, must begin with https://",
        "https:///v1, no valid host",
        "https://under_score/v1, no valid host",
        "https://bot:s3cret@api.autodns.com/v1, must not contain a user or password",
        "https://api.autodns.com/v1?password=s3cret, must end with its path",
        "https://api.autodns.com/v1#s3cret, must end with its path",
        "http://api.autodns.com/v1, could read the password",
        "http://127.0.0.1.example.com/v1, could read the password",
        "http://localhost.example.com/v1, could read the password"
    })
    void refusesOtherUrlsAndSaysWhy(URI url, String reason) {
        assertRefused(reason, url, "bot", PASSWORD, 4);
    }

    @ParameterizedTest
    @CsvSource({
        "' ', s3cret, 4, user is empty",
        "a:b, s3cret, 4, colon",
        "'bot\n', s3cret, 4, control characters",
        "bot, '', 4, password is empty",
        "bot, 's3cret\n', 4, password must not contain control characters",
        "bot, s3cret, 0, context must be a positive number"
    })
    void refusesWhatCannotBeSentAndSaysWhy(String user, String password, int context, String reason) {
        assertRefused(reason, URI.create("https://api.autodns.com/v1"), user, password, context);
    }

    @Test
    void isPrintedWithoutItsPassword() {
        assertEquals(
                "bot at https://api.autodns.com/v1, context 4",
                account(URI.create("https://api.autodns.com/v1"), "bot", PASSWORD, 4)
                        .toString());
    }

    private static void assertRefused(String reason, URI url, String user, String password, int context) {
        String message = assertThrows(IllegalArgumentException.class, () -> account(url, user, password, context))
                .getMessage();
        assertTrue(message.startsWith("SSL Manager account: "), message);
        assertTrue(message.contains(reason), message);
        assertFalse(message.contains(PASSWORD), message);
    }

    private static ServiceAccount account(URI url, String user, String password, int context) {
        return new ServiceAccount(url, user, password, context);
    }
}
