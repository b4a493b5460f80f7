package io.jenkins.plugins.sslmanager.engine.storage;

import com.fasterxml.jackson.annotation.JsonInclude;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON for the disk. Its mapper is the disk's own: what the service's JSON looks like can change without these files. */
public final class DiskJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private DiskJson() {}

    /** UTF-8, without the fields that are null. */
    public static byte[] write(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /**
     * Fields that the type does not have are ignored.
     *
     * @return null for JSON's null
     * @throws tools.jackson.core.JacksonException if this is not the JSON of such a value
     */
    @CheckForNull
    public static <T> T read(byte[] json, Class<T> type) {
        return MAPPER.readValue(json, type);
    }
}
