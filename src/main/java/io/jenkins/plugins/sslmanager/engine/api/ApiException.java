package io.jenkins.plugins.sslmanager.engine.api;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A call of the service that did not succeed. The message names the task, what happened, the service's code, text and
 * stid, and what to do; it holds nothing of the request but the task.
 *
 * <p>It is kept with the build, so it holds simple values only and no cause: what the cause had to say is in the
 * message, cleaned.
 */
public final class ApiException extends ExpectedFailure {
    private static final long serialVersionUID = 1L;

    /** The service's code for a job that JobInfo does not know, or no longer since it has ended. */
    public static final String JOB_NOT_FOUND = "EF300101";

    /** The service's code for a renewal that comes too early (InterNetX's help page "Certificate Renew"). */
    public static final String TOO_EARLY_TO_RENEW = "EF4001012";

    private static final int MAX_TEXT = 300;
    private static final int NO_STATUS = 0;

    /** Who failed, and with it what can be known of the request's fate. */
    public enum Kind {
        /** Nothing was sent: no address, connection refused or timed out, TLS handshake failed. */
        UNREACHABLE,
        /** The request may have arrived: time limit reached, connection cut, answer cut off. */
        ANSWER_LOST,
        /** An answer came that can't be used: wrong content type, not decodable, too large. */
        MALFORMED,
        /** The service's answer says that it failed: an error envelope or an HTTP error. */
        REFUSED
    }

    private final Kind kind;
    private final Task task;
    private final int httpStatus;

    @CheckForNull
    private final String code;

    @CheckForNull
    private final String stid;

    private ApiException(
            Kind kind,
            Task task,
            int httpStatus,
            @CheckForNull String code,
            @CheckForNull String stid,
            String happened,
            String remedy) {
        super("%s %s. %s%s".formatted(task, happened, remedy, warning(kind, task, httpStatus)));
        this.kind = kind;
        this.task = task;
        this.httpStatus = httpStatus;
        this.code = code;
        this.stid = stid;
    }

    /**
     * @param reason what kept the request from being sent
     * @param remedy a whole sentence
     */
    public static ApiException unreachable(Task task, String reason, String remedy) {
        return new ApiException(
                Kind.UNREACHABLE, task, NO_STATUS, null, null, "was not sent: " + clean(reason), remedy);
    }

    /** @param reason how the answer was lost */
    public static ApiException answerLost(Task task, String reason) {
        return new ApiException(
                Kind.ANSWER_LOST,
                task,
                NO_STATUS,
                null,
                null,
                "got no complete answer: " + clean(reason),
                "Check the connection to the service and the proxy, if there is one.");
    }

    /** @param reason what is wrong with the answer */
    public static ApiException malformed(Task task, int httpStatus, String reason) {
        return new ApiException(
                Kind.MALFORMED,
                task,
                httpStatus,
                null,
                null,
                "got an unusable answer (HTTP %d): %s".formatted(httpStatus, clean(reason)),
                "Check the URL and the protocol of the SSL Manager account.");
    }

    /**
     * @param code the service's code for the error, for example EF300101
     * @param text the service's text, in the language of the account
     * @param stid the service's transaction id, which its support asks for
     * @param remedy a whole sentence
     */
    public static ApiException refused(
            Task task,
            int httpStatus,
            @CheckForNull String code,
            @CheckForNull String text,
            @CheckForNull String stid,
            String remedy) {
        String cleanCode = code == null ? null : clean(code);
        String cleanStid = stid == null ? null : clean(stid);
        return new ApiException(
                Kind.REFUSED,
                task,
                httpStatus,
                cleanCode,
                cleanStid,
                "was refused (HTTP %d%s)%s"
                        .formatted(httpStatus, cleanStid == null ? "" : ", stid " + cleanStid, said(cleanCode, text)),
                remedy);
    }

    public Kind kind() {
        return kind;
    }

    public Task task() {
        return task;
    }

    /** Empty where no answer came. */
    public OptionalInt httpStatus() {
        return httpStatus == NO_STATUS ? OptionalInt.empty() : OptionalInt.of(httpStatus);
    }

    /** Returns the service's code, for example EF300101; null where it gave none. */
    @CheckForNull
    public String code() {
        return code;
    }

    /** Returns the service's transaction id; null where it gave none. */
    @CheckForNull
    public String stid() {
        return stid;
    }

    /** Tells whether the service may have carried out the request all the same. */
    public boolean mayHaveActed() {
        return mayHaveActed(kind, httpStatus);
    }

    /** Tells whether this is trouble of the moment, so that the same request may succeed later. */
    public boolean isPassing() {
        return kind != Kind.REFUSED || httpStatus == 429 || httpStatus >= 500;
    }

    private static boolean mayHaveActed(Kind kind, int httpStatus) {
        return kind == Kind.ANSWER_LOST || kind == Kind.MALFORMED || httpStatus >= 500;
    }

    private static String warning(Kind kind, Task task, int httpStatus) {
        return (task == Task.REISSUE || task == Task.RENEW) && mayHaveActed(kind, httpStatus)
                ? " The order may have been placed: it is looked for before anything is ordered again."
                : "";
    }

    private static String said(@CheckForNull String code, @CheckForNull String text) {
        String quoted = text == null ? null : '"' + clean(text) + '"';
        String said = Stream.of(code, quoted).filter(Objects::nonNull).collect(Collectors.joining(" "));
        return said.isEmpty() ? "" : ": " + said;
    }

    private static String clean(String text) {
        return ForeignText.oneLine(text, MAX_TEXT);
    }
}
