package io.jenkins.plugins.sslmanager.engine.async;

import java.util.concurrent.CompletionException;

/** Failures as futures hand them on. */
public final class Failures {

    private Failures() {}

    /** Without the wrapping of a stage that depends on the one that failed. */
    public static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
