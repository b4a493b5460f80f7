package io.jenkins.plugins.sslmanager.engine;

import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.http.HttpAnswer;
import io.jenkins.plugins.sslmanager.engine.http.HttpCall;
import io.jenkins.plugins.sslmanager.engine.http.ServiceAccount;
import io.jenkins.plugins.sslmanager.engine.json.JsonApi;
import io.jenkins.plugins.sslmanager.engine.xml.XmlApi;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** What is spoken with the service. All that is above {@link SslManagerApi} is the same for both. */
public enum Protocol {
    JSON,
    XML;

    /** @param transport sends a call to the account's service */
    public SslManagerApi over(ServiceAccount account, Function<HttpCall, CompletableFuture<HttpAnswer>> transport) {
        return switch (this) {
            case JSON -> new JsonApi(account, transport);
            case XML -> new XmlApi(account, transport);
        };
    }
}
