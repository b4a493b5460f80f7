package io.jenkins.plugins.sslmanager.engine.http;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

/** Says what a failure of java.net.http means for the request: certainly not sent, or perhaps arrived. */
final class ExchangeFailure {
    private static final String CHECK_NETWORK =
            "Check the URL of the SSL Manager account and this machine's proxy and firewall.";

    private ExchangeFailure() {}

    /** @return an {@link ApiException}, or what is no failure of the network as it came, such as a cancellation */
    static Throwable explain(Task task, String service, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof HttpConnectTimeoutException) {
            return ApiException.unreachable(
                    task, service + " did not accept a connection within the time limit", CHECK_NETWORK);
        }
        if (cause instanceof UnknownHostException || cause.getCause() instanceof UnresolvedAddressException) {
            return ApiException.unreachable(
                    task,
                    "no address was found for " + service,
                    "Check the URL of the SSL Manager account and this machine's name resolution (DNS) and proxy.");
        }
        if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
            return ApiException.unreachable(
                    task, "the connection to %s was refused%s".formatted(service, detail(cause)), CHECK_NETWORK);
        }
        if (cause instanceof SSLHandshakeException) {
            return ApiException.unreachable(
                    task,
                    "no TLS connection to %s came about%s".formatted(service, detail(cause)),
                    "Check that the URL is right and that this Java trusts the issuer of the service's certificate.");
        }
        if (cause instanceof LimitedBody.TooLong tooLong) {
            return ApiException.malformed(task, tooLong.status(), tooLong.getMessage());
        }
        if (cause instanceof HttpTimeoutException || cause instanceof TimeoutException) {
            return ApiException.answerLost(
                    task, "the time limit was reached before %s had answered".formatted(service));
        }
        if (cause instanceof IOException) {
            return ApiException.answerLost(task, "the connection to %s broke%s".formatted(service, detail(cause)));
        }
        return cause;
    }

    private static String detail(Throwable cause) {
        return cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")";
    }
}
