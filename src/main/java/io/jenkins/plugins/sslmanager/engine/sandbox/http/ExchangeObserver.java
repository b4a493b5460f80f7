package io.jenkins.plugins.sslmanager.engine.sandbox.http;

/** Sees each exchange before its answer goes out; called by several threads. */
@FunctionalInterface
public interface ExchangeObserver {
    void exchanged(Exchange exchange);
}
