package io.jenkins.plugins.sslmanager.engine.api;

import java.util.List;

/**
 * The envelope around every answer (OpenAPI {@code JsonResponseData…}).
 *
 * @param stid the service's transaction id, to be quoted to its support
 * @param ctid the client's transaction id, given back
 * @param messages the reasons where something was refused
 * @param object what the answer is about
 * @param data the result; most tasks have one entry, an empty poll queue has none
 */
public record Response<T>(
        String stid, String ctid, List<Message> messages, ResponseStatus status, ResponseObject object, List<T> data) {

    /** Returns the {@link #data}; an empty list if the answer has no data. */
    public List<T> entries() {
        return data == null ? List.of() : data;
    }
}
