package io.jenkins.plugins.sslmanager.engine.sandbox;

/** How the sandbox answers a PrepareOrder for several domains, since no page of the service shows how it does. */
public enum ProofShape {
    /** One entry for each method, with one for each domain in its {@code domains}. */
    DOMAINS,
    /** An entry for each method and domain. */
    ENTRIES
}
