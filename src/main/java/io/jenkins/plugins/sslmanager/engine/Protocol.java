package io.jenkins.plugins.sslmanager.engine;

import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.http.HttpAnswer;
import io.jenkins.plugins.sslmanager.engine.http.HttpCall;
import io.jenkins.plugins.sslmanager.engine.http.ServiceAccount;
import io.jenkins.plugins.sslmanager.engine.json.JsonApi;
import io.jenkins.plugins.sslmanager.engine.json.JsonCodec;
import io.jenkins.plugins.sslmanager.engine.protocol.UnknownFields;
import io.jenkins.plugins.sslmanager.engine.xml.XmlApi;
import io.jenkins.plugins.sslmanager.engine.xml.XmlCodec;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What is spoken with the service. All that is above {@link SslManagerApi} is the same for both. */
public enum Protocol {
    JSON,
    XML;

    /** @param transport sends a call to the account's service */
    public SslManagerApi over(ServiceAccount account, Function<HttpCall, CompletableFuture<HttpAnswer>> transport) {
        return apis(account, transport).apply(UnaryOperator.identity());
    }

    /**
     * For an account that several use: what one of its APIs learns about the service, all of them know.
     *
     * @param transport sends a call to the account's service
     * @return makes an API that changes its calls so before they are sent, such as {@code call -> call.withOrigin(build)}
     */
    public Function<UnaryOperator<HttpCall>, SslManagerApi> apis(
            ServiceAccount account, Function<HttpCall, CompletableFuture<HttpAnswer>> transport) {
        return switch (this) {
            case JSON -> new JsonApi(account, transport)::with;
            case XML -> new XmlApi(account, transport)::with;
        };
    }

    /** @param unknownFields told of what answers have beyond what is read */
    public SslManagerApi over(
            ServiceAccount account,
            Function<HttpCall, CompletableFuture<HttpAnswer>> transport,
            UnknownFields unknownFields) {
        return switch (this) {
            case JSON -> new JsonApi(account, transport, unknownFields);
            case XML -> new XmlApi(account, transport, unknownFields);
        };
    }

    /**
     * All that stands in an answer, also what no object of ours has.
     *
     * @throws JacksonException if it is of another format
     */
    public JsonNode tree(byte[] answer) {
        return switch (this) {
            case JSON -> JsonCodec.tree(answer);
            case XML -> XmlCodec.tree(answer);
        };
    }
}
