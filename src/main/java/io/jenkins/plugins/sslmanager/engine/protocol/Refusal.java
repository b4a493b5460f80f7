package io.jenkins.plugins.sslmanager.engine.protocol;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.GenericObject;
import io.jenkins.plugins.sslmanager.engine.api.Message;
import io.jenkins.plugins.sslmanager.engine.api.Response;
import io.jenkins.plugins.sslmanager.engine.api.StatusType;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An answer that says no, told so that one knows why and what to do. Decided by codes, since texts come in the account's language. */
final class Refusal {

    /** How the object of a reason begins that is about the account: over XML, {@code request.auth.context} has been seen. */
    private static final String ACCOUNT = "request.auth.";

    private Refusal() {}

    /** The response, unless its HTTP status or its envelope says that the task was not done. */
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
        boolean aboutTheAccount = reasons.stream()
                .flatMap(reason -> orEmpty(reason.objects()))
                .map(GenericObject::type)
                .anyMatch(type -> type != null && type.startsWith(ACCOUNT));
        throw ApiException.refused(
                task,
                httpStatus,
                code,
                text,
                response.stid(),
                aboutTheAccount ? remedy(401, code) : remedy(httpStatus, code));
    }

    /** For an HTTP error that has no envelope, as a proxy or a gateway gives it. */
    static ApiException withoutEnvelope(Task task, int httpStatus, String begin) {
        return withoutEnvelope(task, httpStatus, begin, remedy(httpStatus, null));
    }

    /** For an HTTP error of somebody who speaks the other protocol. */
    static ApiException inAnotherFormat(Task task, int httpStatus, String begin, Format format) {
        return withoutEnvelope(
                task,
                httpStatus,
                begin,
                "The answer is " + format + ": check the URL and the protocol of the SSL Manager account.");
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
                .map(object -> object.value() == null ? object.type() : object.type() + " " + object.value())
                .collect(Collectors.joining(", "));
        String text = reason.text() == null ? reason.code() : reason.text();
        return text + (objects.isEmpty() ? "" : " (" + objects + ")");
    }

    private static <T> Stream<T> orEmpty(@CheckForNull List<T> list) {
        return list == null ? Stream.empty() : list.stream();
    }

    private static String remedy(int httpStatus, @CheckForNull String code) {
        if (ApiException.JOB_NOT_FOUND.equals(code)) {
            return "The job has ended or belongs to another account; its outcome is in the job history.";
        }
        return switch (httpStatus) {
            case 401 -> "Check the account's user, password and context.";
            case 403 -> "Check what the account's user may do, and that it may do it from this address.";
            case 404 -> "Check the id: it must belong to this user in this context.";
            case 407 ->
                "The proxy wants credentials, or others: check Jenkins' proxy settings. With Basic authentication, Java"
                        + " sends them on the way to https only if it runs with -Djdk.http.auth.tunneling.disabledSchemes=";
            case 429 -> "More than 3 requests a second came from this address; other programs may use it too.";
            default ->
                httpStatus >= 500
                        ? "The service has trouble; run this again later."
                        : "Correct what the service names; its support wants the transaction id.";
        };
    }
}
