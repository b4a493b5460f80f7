package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.json.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A certificate as the service tells it, but for some fields. */
final class ChangedCertificate {

    private static final JsonCodec CODEC = new JsonCodec();

    private ChangedCertificate() {}

    /** @param change of the certificate in JSON */
    static Certificate of(Certificate original, Consumer<ObjectNode> change) {
        ObjectNode json = (ObjectNode) JsonMapper.shared().readTree(CODEC.encode(original));
        change.accept(json);
        return CODEC.decode(json.toString().getBytes(StandardCharsets.UTF_8), Certificate.class);
    }

    static Certificate without(Certificate original, String field) {
        return of(original, json -> json.remove(field));
    }
}
