package io.jenkins.plugins.sslmanager.engine.orders;

/** Why an order was placed. */
public enum OrderReason {

    /** The certificate runs out, so the new one has to last longer. */
    RUNS_OUT,

    /** The service wants the certificate to be re-issued. */
    SERVICE_ASKS,

    /** Somebody wanted a new one, or the key of the present one is not here. */
    ON_DEMAND
}
