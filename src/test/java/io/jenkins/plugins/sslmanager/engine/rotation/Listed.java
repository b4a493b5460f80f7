package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.json.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A certificate of which the service tells less than there is, or tells it elsewhere. */
final class Listed {

    private static final JsonCodec CODEC = new JsonCodec();

    private Listed() {}

    static Certificate withoutFile(Certificate certificate) {
        ObjectNode json = (ObjectNode) JsonMapper.shared().readTree(CODEC.encode(certificate));
        ObjectNode proof = (ObjectNode) json.get("authentication");
        proof.remove(List.of("fileName", "fileContent", "domains"));
        return CODEC.decode(json.toString().getBytes(StandardCharsets.UTF_8), Certificate.class);
    }

    /** The whole chain is in the field server, and no authority elsewhere. */
    static Certificate allInServer(Certificate certificate, boolean leafLast) {
        List<String> chain = new ArrayList<>(List.of(certificate.server()));
        certificate.certificationAuthority().forEach(authority -> chain.add(authority.caCertificate()));
        if (leafLast) {
            Collections.reverse(chain);
        }
        ObjectNode json = (ObjectNode) JsonMapper.shared().readTree(CODEC.encode(certificate));
        json.put("server", String.join("\n", chain));
        json.remove("certificationAuthority");
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
