package io.jenkins.plugins.sslmanager.engine.sandbox;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.GenericObject;
import io.jenkins.plugins.sslmanager.engine.api.Message;
import io.jenkins.plugins.sslmanager.engine.api.StatusType;
import java.util.List;

/**
 * Why a task is not done. {@code EF01000} with {@code request.auth.context}, {@code EF300101} (seen in public clients) and
 * {@code EF4001012} (documented) are the service's; it documents no others that are of use here, so all other codes and every text are the sandbox's own.
 */
public final class TaskRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int httpStatus;
    private final String code;
    private final String objectType;
    private final String objectValue;
    private final Integer retryAfter;

    private TaskRefused(
            int httpStatus,
            String code,
            String text,
            @CheckForNull String objectType,
            @CheckForNull Object objectValue,
            @CheckForNull Integer retryAfter) {
        super(text, null, false, false);
        this.httpStatus = httpStatus;
        this.code = code;
        this.objectType = objectType;
        this.objectValue = objectValue == null ? null : objectValue.toString();
        this.retryAfter = retryAfter;
    }

    private static TaskRefused about(int httpStatus, String code, String text, String type, Object value) {
        return new TaskRefused(httpStatus, code, text, type, value, null);
    }

    private static TaskRefused because(int httpStatus, String code, String text) {
        return new TaskRefused(httpStatus, code, text, null, null, null);
    }

    public static TaskRefused wrongCredentials() {
        return about(401, "EF00401", "User or password is wrong or missing.", "request.auth.user", null);
    }

    static TaskRefused wrongContext(@CheckForNull String context) {
        return about(401, "EF01000", "Missing or wrong value.", "request.auth.context", context);
    }

    public static TaskRefused noUserAgent() {
        return about(400, "EF01000", "Missing or wrong value.", "request.header.User-Agent", null);
    }

    public static TaskRefused noSuchRoute(String route) {
        return about(404, "EF00404", "There is no such route.", "route", route);
    }

    static TaskRefused tooManyRequests() {
        return new TaskRefused(429, "EF00429", "More than 3 requests came within a second.", null, null, 1);
    }

    static TaskRefused busy() {
        return new TaskRefused(429, "EF00429", "The service is busy.", null, null, 0);
    }

    static TaskRefused unavailable() {
        return because(503, "EF00503", "The service is not available.");
    }

    public static TaskRefused wrongValue(String field, @CheckForNull Object value) {
        return about(400, "EF01000", "Missing or wrong value.", field, value);
    }

    public static TaskRefused unreadableBody(String reason) {
        return about(400, "EF00400", "The body of the request cannot be read.", "reason", reason);
    }

    static TaskRefused unreadableCsr(String reason) {
        return about(400, "EF400111", "The CSR cannot be read.", "reason", reason);
    }

    static TaskRefused keyTooSmall(int bits) {
        return about(400, "EF400112", "The key of the CSR is too small.", "bits", bits);
    }

    static TaskRefused otherName(String name) {
        return about(400, "EF400113", "The name is not that of certificate and CSR.", "Certificate", name);
    }

    static TaskRefused otherMethod(Object method) {
        return about(
                400,
                "EF400114",
                "The authentication method cannot be changed by a re-issue.",
                "authentication.method",
                method);
    }

    /** With the code and the text of InterNetX's help page "Certificate Renew". */
    static TaskRefused tooEarlyToRenew() {
        return because(
                400,
                ApiException.TOO_EARLY_TO_RENEW,
                "The certificate cannot yet be renewed. This is possible not until 90 days before expiration.");
    }

    static TaskRefused unproven(String proof) {
        return about(400, "EF400115", "The proof of a domain is missing.", "authentication.domains", proof);
    }

    static TaskRefused unknownCertificate(long id) {
        return about(404, "EF400104", "The certificate was not found.", "Certificate", id);
    }

    static TaskRefused unknownJob(long id) {
        return about(404, "EF300101", "The job was not found.", "Job", id);
    }

    static TaskRefused unknownMessage(long id) {
        return about(404, "EF0906", "The notification was not found or is confirmed already.", "message", id);
    }

    static TaskRefused notTheOldestMessage(long id) {
        return about(400, "EF09061", "Only the oldest notification can be confirmed.", "message", id);
    }

    public int httpStatus() {
        return httpStatus;
    }

    /** In seconds. */
    @CheckForNull
    public Integer retryAfter() {
        return retryAfter;
    }

    public Message message() {
        List<GenericObject> objects = objectType == null ? null : List.of(new GenericObject(objectType, objectValue));
        return new Message(getMessage(), null, null, objects, code, StatusType.ERROR);
    }
}
