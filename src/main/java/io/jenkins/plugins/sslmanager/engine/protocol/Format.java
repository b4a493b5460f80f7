package io.jenkins.plugins.sslmanager.engine.protocol;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.Response;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.http.HttpAnswer;
import io.jenkins.plugins.sslmanager.engine.http.Quoted;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/** What answers are written in. */
public enum Format {
    JSON("application/json"),
    XML("application/xml", "text/xml");

    private final List<String> contentTypes;

    Format(String... contentTypes) {
        this.contentTypes = List.of(contentTypes);
    }

    /**
     * What the service answered, if it did the task.
     *
     * @param decode may fail with {@link JacksonException}; {@link UnexpectedEndOfInputException} where the text ends too early
     * @throws ApiException if it refused, or if this is no answer of the service
     */
    public <T> Response<T> read(Task task, HttpAnswer answer, Function<byte[], Response<T>> decode) {
        String problem = "it is not " + this + " but " + contentType(answer);
        if (isContentTypeOf(answer)) {
            try {
                Response<T> response = decode.apply(answer.body());
                if (response != null
                        && response.status() != null
                        && response.status().type() != null) {
                    return Refusal.unlessDone(task, answer.status(), response);
                }
                problem = "it has no status";
            } catch (UnexpectedEndOfInputException e) {
                problem = "it is cut off after " + answer.body().length + " bytes";
            } catch (JacksonException e) {
                problem = "it is not the " + this + " expected";
            }
        }
        String begin = Quoted.firstBytes(answer.body());
        if (answer.status() / 100 == 2) {
            throw ApiException.malformed(task, answer.status(), problem + ", it begins " + begin);
        }
        throw Stream.of(values())
                .filter(other -> other != this && other.isContentTypeOf(answer))
                .findFirst()
                .map(other -> Refusal.inAnotherFormat(task, answer.status(), begin, other.name()))
                .orElseGet(() -> Refusal.withoutEnvelope(task, answer.status(), begin));
    }

    /**
     * Returns the one thing that the answer to a task carries.
     *
     * @throws ApiException as {@link #read}, or if there is none
     */
    public <T> T readOne(Task task, HttpAnswer answer, Function<byte[], Response<T>> decode) {
        return read(task, answer, decode).entries().stream()
                .findFirst()
                .orElseThrow(() -> ApiException.malformed(
                        task, answer.status(), "it has no data, it begins " + Quoted.firstBytes(answer.body())));
    }

    private boolean isContentTypeOf(HttpAnswer answer) {
        String type = answer.contentType().toLowerCase(Locale.ROOT);
        return contentTypes.stream().anyMatch(type::startsWith);
    }

    private static String contentType(HttpAnswer answer) {
        return answer.contentType().isEmpty() ? "of no content type" : answer.contentType();
    }
}
