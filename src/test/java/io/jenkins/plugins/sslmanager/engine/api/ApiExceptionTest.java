package io.jenkins.plugins.sslmanager.engine.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.sslmanager.engine.api.ApiException.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiExceptionTest {
    private static final String REMEDY = "Check the certificate's id.";

    @Test
    void namesTaskCodeTextStidAndRemedy() {
        assertEquals(
                "JobInfo (300114) was refused (HTTP 404, stid 20261124-1): EF300101 \"Job not found.\". " + REMEDY,
                ApiException.refused(Task.JOB_INFO, 404, "EF300101", "Job not found.", "20261124-1", REMEDY)
                        .getMessage());
    }

    @Test
    void leavesOutWhatTheServiceDidNotSay() {
        assertEquals(
                "Hello was refused (HTTP 401). " + REMEDY,
                ApiException.refused(Task.HELLO, 401, null, null, null, REMEDY).getMessage());
    }

    @Test
    void takesTheServicesTextAsData() {
        ApiException failure = ApiException.refused(
                Task.REISSUE, 400, "E\n1", "\u001B[31mline\r\nbreak " + "x".repeat(1000), "s\t1", REMEDY);
        assertTrue(failure.getMessage().contains("\".line break xxx"), failure.getMessage());
        assertTrue(failure.getMessage().contains("x…\""), failure.getMessage());
        assertTrue(failure.getMessage().length() < 450, failure.getMessage());
        assertEquals("E 1", failure.code());
        assertEquals("s 1", failure.stid());
    }

    @ParameterizedTest
    @CsvSource({"400, false", "429, false", "500, true", "503, true"})
    void aRefusalMayHaveBeenActedOnWhereTheServiceBroke(int httpStatus, boolean mayHaveActed) {
        ApiException failure = ApiException.refused(Task.REISSUE, httpStatus, null, null, null, REMEDY);
        assertEquals(mayHaveActed, failure.mayHaveActed());
        assertEquals(mayHaveActed, failure.getMessage().contains("The order may have been placed"));
    }

    @Test
    void saysForAnOrderThatItMayHaveBeenPlaced() {
        assertTrue(ApiException.answerLost(Task.REISSUE, "cut").getMessage().contains("may have been placed"));
        assertTrue(
                ApiException.malformed(Task.REISSUE, 200, "html").getMessage().contains("may have been placed"));
        assertFalse(ApiException.answerLost(Task.POLL_INFO, "cut").getMessage().contains("may have been placed"));
        assertFalse(ApiException.unreachable(Task.REISSUE, "refused", REMEDY)
                .getMessage()
                .contains("may have been placed"));
    }

    @Test
    void isKeptWithTheBuildAsItIs() throws IOException, ClassNotFoundException {
        ApiException kept =
                throughSerialization(ApiException.refused(Task.REISSUE, 400, "EF1", "text", "20261124-1", REMEDY));
        assertEquals(Kind.REFUSED, kept.kind());
        assertEquals(Task.REISSUE, kept.task());
        assertEquals(OptionalInt.of(400), kept.httpStatus());
        assertEquals("EF1", kept.code());
        assertEquals("20261124-1", kept.stid());
    }

    @Test
    void hasNoStatusCodeOrStidWithoutAnAnswer() {
        ApiException failure = ApiException.unreachable(Task.HELLO, "refused", REMEDY);
        assertEquals(OptionalInt.empty(), failure.httpStatus());
        assertNull(failure.code());
        assertNull(failure.stid());
    }

    private static ApiException throughSerialization(ApiException failure) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(failure);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (ApiException) in.readObject();
        }
    }
}
