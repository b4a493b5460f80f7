package io.jenkins.plugins.sslmanager.forms;

import java.util.function.Supplier;

/** Parameters as scripts give them. */
public final class Parameter {

    private Parameter() {}

    /**
     * Reads a value, and names its parameter where that fails.
     *
     * @throws IllegalArgumentException if the value says nothing
     */
    public static <T> T read(String name, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }
}
