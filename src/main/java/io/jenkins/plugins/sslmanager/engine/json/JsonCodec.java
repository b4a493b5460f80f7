package io.jenkins.plugins.sslmanager.engine.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.Nulls;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.Response;
import io.jenkins.plugins.sslmanager.engine.api.ResponseObject;
import io.jenkins.plugins.sslmanager.engine.protocol.TextValues;
import io.jenkins.plugins.sslmanager.engine.protocol.UnknownFields;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;

/** The service's objects as JSON: absent fields for nulls, unknown fields ignored, dates in the service's form. */
public final class JsonCodec {

    private static final DateTimeFormatter WRITTEN = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxx");

    /** The examples write {@code 2018-12-12T10:53:23.000+0100}; the document's {@code date-time} (RFC 3339) has a colon or a Z. */
    private static final DateTimeFormatter READ = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendPattern("[XXX][xx]")
            .toFormatter(Locale.ROOT);

    private static final String A_DATE = "a date with time and offset";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.SKIP))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            .addModule(new TextValues()
                    .with(OffsetDateTime.class, WRITTEN::format, text -> OffsetDateTime.parse(text, READ), A_DATE)
                    .addDeserializer(ResponseObject.class, new ResponseObjectDeserializer()))
            .build();

    private final JsonMapper mapper;

    public JsonCodec() {
        mapper = MAPPER;
    }

    /** @param unknownFields notes what it skips */
    JsonCodec(UnknownFields unknownFields) {
        mapper = MAPPER.rebuild().addHandler(unknownFields).build();
    }

    public byte[] encode(Object value) {
        return mapper.writeValueAsBytes(value);
    }

    /** @throws JacksonException if this is not the JSON of such a value */
    public <T> T decode(byte[] json, Class<T> type) {
        return mapper.readValue(json, type);
    }

    /** @throws JacksonException if this is not the JSON of such an envelope */
    public <T> Response<T> decodeResponse(byte[] json, Class<T> dataType) {
        JavaType type = mapper.getTypeFactory().constructParametricType(Response.class, dataType);
        return mapper.readValue(json, type);
    }

    /**
     * All that stands in a document, also what no object of ours has.
     *
     * @throws JacksonException if this is not JSON
     */
    public static JsonNode tree(byte[] json) {
        return MAPPER.readTree(json);
    }

    /** Only a certificate is read as an object's data. The shape of a domain or a contact does not matter here. */
    private static final class ResponseObjectDeserializer extends StdDeserializer<ResponseObject> {
        ResponseObjectDeserializer() {
            super(ResponseObject.class);
        }

        @Override
        public ResponseObject deserialize(JsonParser in, DeserializationContext context) {
            JsonNode object = context.readTree(in);
            String type = object.path("type").asString(null);
            JsonNode data = object.path("data");
            JsonNode summary = object.path("summary");
            return new ResponseObject(
                    type,
                    object.path("value").asString(null),
                    summary.isMissingNode() || summary.isNull() ? null : summary.asInt(),
                    ResponseObject.CERTIFICATE.equalsIgnoreCase(type) && data.isObject()
                            ? context.readTreeAsValue(data, Certificate.class)
                            : null);
        }
    }
}
