package io.jenkins.plugins.sslmanager.engine.xml;

import com.fasterxml.jackson.annotation.JsonRootName;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.GenericObject;
import io.jenkins.plugins.sslmanager.engine.api.Message;
import io.jenkins.plugins.sslmanager.engine.api.Response;
import io.jenkins.plugins.sslmanager.engine.api.ResponseObject;
import io.jenkins.plugins.sslmanager.engine.api.ResponseStatus;
import io.jenkins.plugins.sslmanager.engine.api.StatusType;
import java.util.List;
import java.util.function.Function;

/**
 * The envelope around every answer.
 *
 * @param <D> what the data are made of
 */
@JsonRootName("response")
public record XmlResponse<D>(Result<D> result, String stid, String ctid) {

    /** The answer to one task; a request of ours has one. */
    public record Result<D>(D data, Status status, List<Reason> msg) {}

    /** How a task ended, and what it was about. */
    public record Status(String code, String text, StatusType type, GenericObject object) {

        ResponseStatus asModel() {
            return new ResponseStatus(code, text, type);
        }
    }

    /** Why a task was not done. */
    public record Reason(String text, String code, StatusType type, List<GenericObject> object) {

        Message asModel() {
            return new Message(text, null, null, object, code, type);
        }
    }

    /**
     * @param entries takes out of the data what the task is about
     * @param summary takes out how many there are, where they say so
     */
    <T> Response<T> asModel(Function<D, List<T>> entries, Function<D, Integer> summary) {
        if (result == null) {
            return new Response<>(stid, ctid, null, null, null, null);
        }
        D data = result.data();
        Status status = result.status();
        return new Response<>(
                stid,
                ctid,
                result.msg() == null
                        ? null
                        : result.msg().stream().map(Reason::asModel).toList(),
                status == null ? null : status.asModel(),
                object(status == null ? null : status.object(), data == null ? null : summary.apply(data)),
                data == null ? null : entries.apply(data));
    }

    private static ResponseObject object(@CheckForNull GenericObject object, @CheckForNull Integer summary) {
        return object == null && summary == null
                ? null
                : new ResponseObject(
                        object == null ? null : object.type(), object == null ? null : object.value(), summary, null);
    }
}
