package io.jenkins.plugins.sslmanager.engine.protocol;

import java.time.DateTimeException;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** Values that a protocol writes as a text in a form of its own. */
public final class TextValues extends SimpleModule {

    private static final long serialVersionUID = 1L;

    /**
     * Adds a kind of value.
     *
     * @param read fails with {@link IllegalArgumentException} or {@link DateTimeException} if a text is not such a value
     * @param what such a text is, for an error: "not …"
     */
    public <T> TextValues with(Class<T> type, Function<T, String> write, Function<String, T> read, String what) {
        addSerializer(new Writer<>(type, write));
        addDeserializer(type, new Reader<>(type, read, what));
        return this;
    }

    private static final class Writer<T> extends StdSerializer<T> {

        private final Function<T, String> write;

        Writer(Class<T> type, Function<T, String> write) {
            super(type);
            this.write = write;
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializationContext context) {
            out.writeString(write.apply(value));
        }
    }

    private static final class Reader<T> extends StdDeserializer<T> {

        private final Function<String, T> read;
        private final String what;

        Reader(Class<T> type, Function<String, T> read, String what) {
            super(type);
            this.read = read;
            this.what = what;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) {
            String text = in.getValueAsString("");
            try {
                return read.apply(text);
            } catch (IllegalArgumentException | DateTimeException e) {
                @SuppressWarnings("unchecked") // The context gives what the handled type says.
                T handled = (T) context.handleWeirdStringValue(handledType(), text, "not " + what);
                return handled;
            }
        }
    }
}
