package io.jenkins.plugins.sslmanager.engine.terminal.examination;

import io.jenkins.plugins.sslmanager.engine.Protocol;
import io.jenkins.plugins.sslmanager.engine.http.HttpAnswer;
import io.jenkins.plugins.sslmanager.engine.http.HttpCall;
import io.jenkins.plugins.sslmanager.engine.http.ServiceAccount;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A service over one protocol. */
public record ExaminedService(
        Protocol protocol, ServiceAccount account, Function<HttpCall, CompletableFuture<HttpAnswer>> transport) {}
