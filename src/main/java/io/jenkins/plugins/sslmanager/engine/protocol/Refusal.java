package io.jenkins.plugins.sslmanager.engine.protocol;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.GenericObject;
import io.jenkins.plugins.sslmanager.engine.api.Message;
import io.jenkins.plugins.sslmanager.engine.api.Response;
import io.jenkins.plugins.sslmanager.engine.api.StatusType;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An answer that says no, told so that one knows why and what to do. Decided by codes, since texts come in the account's language. */
final class Refusal {

    /** What a reason is about that is about the account: over XML, {@code request.auth.context} has been seen. */
    private static final Pattern ACCOUNT =
            Pattern.compile("(?:request\\.auth\\w*|auth)(?:\\..*)?", Pattern.CASE_INSENSITIVE);

    /** What of an account's sign-in may be told. */
    private static final Pattern OPEN = Pattern.compile(".*\\.(?:user|context)", Pattern.CASE_INSENSITIVE);

    /** Codes that tell by themselves that the sign-in was right. */
    private static final Set<String> OF_THE_TASK = Set.of(ApiException.JOB_NOT_FOUND, ApiException.TOO_EARLY_TO_RENEW);

    private static final String CHECK_ACCOUNT = "Check the account's user, password and context.";

    private static final String CHECK_ADDRESS = "Check the URL and the protocol of the SSL Manager account.";

    private Refusal() {}

    /** Returns the response, unless its HTTP status or its envelope says that the task was not done. */
    static <T> Response<T> unlessDone(Task task, int httpStatus, Response<T> response) {
        if (httpStatus / 100 == 2 && !StatusType.ERROR.equals(response.status().type())) {
            return response;
        }
        List<Message> reasons = messages(response.messages())
                .filter(message -> message.code() != null)
                .toList();
        String code =
                reasons.isEmpty() ? response.status().code() : reasons.get(0).code();
        String text = reasons.isEmpty()
                ? response.status().text()
                : reasons.stream().map(Refusal::told).collect(Collectors.joining("; "));
        throw ApiException.refused(
                task,
                httpStatus,
                code,
                text,
                response.stid(),
                remedy(task, httpStatus, code, subjects(response, reasons)));
    }

    /** What it is about, as far as the answer tells: its reasons, or else its status. */
    private static List<GenericObject> subjects(Response<?> response, List<Message> reasons) {
        Stream<GenericObject> status =
                Stream.ofNullable(response.object()).map(object -> new GenericObject(object.type(), object.value()));
        return Stream.concat(reasons.stream().flatMap(reason -> orEmpty(reason.objects())), status)
                .filter(object -> object.type() != null)
                .toList();
    }

    /** For an HTTP error that has no envelope, as a proxy or a gateway gives it. */
    static ApiException withoutEnvelope(Task task, int httpStatus, String begin) {
        return withoutEnvelope(task, httpStatus, begin, remedy(task, httpStatus, null));
    }

    /** For an HTTP error of somebody who speaks the other protocol. */
    static ApiException inAnotherFormat(Task task, int httpStatus, String begin, String format) {
        return withoutEnvelope(task, httpStatus, begin, "The answer is " + format + ". " + CHECK_ADDRESS);
    }

    private static ApiException withoutEnvelope(Task task, int httpStatus, String begin, String remedy) {
        return ApiException.refused(task, httpStatus, null, "HTTP " + httpStatus + ", " + begin, null, remedy);
    }

    /** The most precise reason is the innermost one. */
    private static Stream<Message> messages(@CheckForNull List<Message> messages) {
        return orEmpty(messages).flatMap(message -> Stream.concat(messages(message.messages()), Stream.of(message)));
    }

    private static String told(Message reason) {
        String objects = orEmpty(reason.objects())
                .map(object -> object.value() == null || isSecret(object)
                        ? object.type()
                        : object.type() + " " + object.value())
                .collect(Collectors.joining(", "));
        String text = reason.text() == null ? reason.code() : reason.text();
        return text + (objects.isEmpty() ? "" : " (" + objects + ")");
    }

    private static boolean isAboutTheAccount(GenericObject object) {
        return ACCOUNT.matcher(object.type()).matches();
    }

    /** The service repeats the value that it did not like, which may be a password. */
    private static boolean isSecret(GenericObject object) {
        return object.type() != null
                && isAboutTheAccount(object)
                && !OPEN.matcher(object.type()).matches();
    }

    private static <T> Stream<T> orEmpty(@CheckForNull List<T> list) {
        return list == null ? Stream.empty() : list.stream();
    }

    /** Over XML all that is wrong comes with HTTP 200, the account's sign-in as well, and not every reason says what it is about. */
    private static String remedy(Task task, int httpStatus, @CheckForNull String code, List<GenericObject> subjects) {
        if (subjects.stream().anyMatch(Refusal::isAboutTheAccount)) {
            return CHECK_ACCOUNT;
        }
        String remedy = remedy(task, httpStatus, code);
        return httpStatus / 100 == 2 && subjects.isEmpty() && (code == null || !OF_THE_TASK.contains(code))
                ? remedy + " If it names nothing of the task: " + CHECK_ACCOUNT
                : remedy;
    }

    private static String remedy(Task task, int httpStatus, @CheckForNull String code) {
        if (ApiException.JOB_NOT_FOUND.equals(code)) {
            return "The job has ended or belongs to another account. Look for it in the job history.";
        }
        if (ApiException.TOO_EARLY_TO_RENEW.equals(code)) {
            return "The service renews a certificate only in the last 90 days. Nothing is billed; a later build tries again.";
        }
        return switch (httpStatus) {
            case 301, 302, 303, 307, 308 ->
                "The answer leads elsewhere, where no credentials are sent: check the URL of the SSL Manager account, and"
                        + " Jenkins' proxy settings, since a proxy that wants a sign-in answers so, too.";
            case 401 -> CHECK_ACCOUNT;
            case 403 -> "Check what the account's user may do, and that it may do it from this address.";
            case 404 -> task.hasId() ? "Check the ID: it must belong to this user in this context." : CHECK_ADDRESS;
            case 407 ->
                "The proxy wants credentials, or others: check Jenkins' proxy settings. With Basic authentication, Java"
                        + " sends them on the way to https only if it runs with -Djdk.http.auth.tunneling.disabledSchemes=";
            case 429 -> "More than 3 requests a second came from this address; other programs may use it too.";
            default ->
                httpStatus >= 500
                        ? "The service has trouble; run this again later."
                        : "Correct what the service names; its support wants the transaction ID.";
        };
    }
}
