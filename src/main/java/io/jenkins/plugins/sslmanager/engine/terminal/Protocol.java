package io.jenkins.plugins.sslmanager.engine.terminal;

import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.http.HttpTransport;
import io.jenkins.plugins.sslmanager.engine.json.JsonApi;
import java.util.Locale;

/** What is spoken with the service. */
enum Protocol {
    JSON;

    SslManagerApi over(HttpTransport transport) {
        return switch (this) {
            case JSON -> new JsonApi(transport);
        };
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
