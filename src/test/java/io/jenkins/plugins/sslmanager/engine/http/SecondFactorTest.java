package io.jenkins.plugins.sslmanager.engine.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecondFactorTest {

    /** The key of RFC 6238, appendix B. */
    private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    @ParameterizedTest
    @CsvSource({"59, 287082", "1111111109, 081804", "1234567890, 005924", "2000000000, 279037"})
    void tokensAreThoseOfTheRfc(long second, String token) {
        assertEquals(token, new SecondFactor(SECRET).token(Instant.ofEpochSecond(second)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gezd gnbv gy3t qojq gezd gnbv gy3t qojq",
                "GEZDGNBV-GY3TQOJQ-GEZDGNBV-GY3TQOJQ",
                " GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\n"
            })
    void secretMayBeWrittenAsTheServiceShowsIt(String secret) {
        assertEquals(new SecondFactor(SECRET), new SecondFactor(secret));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "189001", "GEZD GNBV 0", "otpauth://totp/x?secret=GEZDGNBV"})
    void whatIsNoSecretIsToldAndNotRepeated(String secret) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> new SecondFactor(secret));
        assertTrue(refused.getMessage().contains("is not in Base32"), refused.getMessage());
        assertFalse(
                refused.getMessage().contains("GEZD") || refused.getMessage().contains("189001"));
        assertEquals(null, refused.getCause());
    }

    @Test
    void secretIsNotPrinted() {
        ServiceAccount account = new ServiceAccount(
                URI.create("https://ssl.example.com"), "release", "hunter2", 4, new SecondFactor(SECRET));
        assertFalse((account + " " + account.secondFactor()).contains("GEZD"));
    }
}
