package io.jenkins.plugins.sslmanager.engine.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What an endpoint answers, and how it gets to the client.
 *
 * @param task that was asked for; null if there is no such task
 */
public record EndpointReply(
        @CheckForNull SandboxTask task, int status, Map<String, String> headers, byte[] body, AnswerFate fate) {

    private static final String CONTENT_TYPE = "Content-Type";
    private static final byte[] HTML =
            "<!DOCTYPE html><html><body><h1>Please sign in</h1></body></html>".getBytes(StandardCharsets.UTF_8);

    void sendTo(HttpExchange exchange) throws IOException {
        headers.forEach(exchange.getResponseHeaders()::set);
        switch (fate) {
            case WHOLE -> send(exchange, body, body.length);
            case CUT -> send(exchange, body, body.length / 2);
            case HTML -> {
                exchange.getResponseHeaders().set(CONTENT_TYPE, "text/html;charset=UTF-8");
                send(exchange, HTML, HTML.length);
            }
            case LOST -> {}
        }
    }

    private void send(HttpExchange exchange, byte[] content, int sent) throws IOException {
        exchange.sendResponseHeaders(status, content.length);
        exchange.getResponseBody().write(content, 0, sent);
        exchange.getResponseBody().flush();
    }
}
