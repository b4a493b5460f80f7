package io.jenkins.plugins.sslmanager.engine.protocol;

import java.util.function.Consumer;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.DeserializationProblemHandler;

/**
 * Tells which fields of an answer none of our objects has. They are skipped either way: a service may add fields at any time.
 */
public final class UnknownFields extends DeserializationProblemHandler {

    private final Consumer<String> told;

    /** @param told of each as {@code Type.field}, the field as the protocol writes it */
    public UnknownFields(Consumer<String> told) {
        this.told = told;
    }

    @Override
    public boolean handleUnknownProperty(
            DeserializationContext context,
            JsonParser parser,
            ValueDeserializer<?> deserializer,
            Object beanOrClass,
            String field) {
        Class<?> type = beanOrClass instanceof Class<?> known ? known : beanOrClass.getClass();
        told.accept(type.getSimpleName() + "." + field);
        parser.skipChildren();
        return true;
    }
}
