package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.json.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A certificate of which the service tells less than there is. */
final class Listed {

    private static final JsonCodec CODEC = new JsonCodec();

    private Listed() {}

    static Certificate withoutFile(Certificate certificate) {
        ObjectNode json = (ObjectNode) JsonMapper.shared().readTree(CODEC.encode(certificate));
        ObjectNode proof = (ObjectNode) json.get("authentication");
        proof.remove(List.of("fileName", "fileContent", "domains"));
        return CODEC.decode(json.toString().getBytes(StandardCharsets.UTF_8), Certificate.class);
    }

    /** Only some of its further names. */
    static Certificate only(Certificate certificate, Predicate<String> listed) {
        ObjectNode json = (ObjectNode) JsonMapper.shared().readTree(CODEC.encode(certificate));
        ArrayNode names = json.withArray("subjectAlternativeNames");
        ArrayNode some = JsonMapper.shared().createArrayNode();
        names.forEach(name -> {
            if (listed.test(name.get("name").asString())) {
                some.add(name);
            }
        });
        json.set("subjectAlternativeNames", some);
        return CODEC.decode(json.toString().getBytes(StandardCharsets.UTF_8), Certificate.class);
    }
}
