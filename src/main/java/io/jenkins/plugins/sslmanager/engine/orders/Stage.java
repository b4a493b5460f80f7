package io.jenkins.plugins.sslmanager.engine.orders;

/** How far an order is. */
public enum Stage {
    /** The key is made and sealed; nothing was sent. */
    PREPARED,
    /** The order may have been sent: only the service knows whether it arrived. */
    ORDERING,
    /** The service has accepted it; a job works on it. */
    ORDERED,
    /** The service shows the certificate for the ordered key, and it is what was ordered. */
    ISSUED,
    /** Certificate and key are where they were wanted. */
    DELIVERED,
    /** The service has refused the order, or its job ended without a certificate. */
    FAILED,
    /** Nothing was sent, and nothing will be. */
    WITHDRAWN,
    /** A re-issue by somebody else took its place: later than this order, or before it was sent. */
    SUPERSEDED,
    /** A person decided so. Its key stays for a while, since its certificate may still come. */
    GIVEN_UP;

    /** Tells whether a certificate may come of it that nobody has yet. */
    public boolean isOpen() {
        return this == PREPARED || mayBeAtService();
    }

    /** Tells whether the service may know it, so that its key must stay. */
    public boolean mayBeAtService() {
        return this == ORDERING || this == ORDERED || this == ISSUED;
    }
}
