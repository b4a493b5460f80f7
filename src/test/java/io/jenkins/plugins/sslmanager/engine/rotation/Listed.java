package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A certificate of which the service tells less than there is, or tells it elsewhere. */
final class Listed {

    private Listed() {}

    static Certificate withoutFile(Certificate certificate) {
        return ChangedCertificate.of(
                certificate,
                json -> ((ObjectNode) json.get("authentication"))
                        .remove(List.of("fileName", "fileContent", "domains")));
    }

    /** The whole chain is in the field server, and no authority elsewhere. */
    static Certificate allInServer(Certificate certificate, boolean leafLast) {
        List<String> chain = new ArrayList<>(List.of(certificate.server()));
        certificate.certificationAuthority().forEach(authority -> chain.add(authority.caCertificate()));
        if (leafLast) {
            Collections.reverse(chain);
        }
        return ChangedCertificate.of(
                certificate,
                json -> json.put("server", String.join("\n", chain)).remove("certificationAuthority"));
    }

    /** With these authorities in the place of its own. */
    static Certificate withAuthorities(Certificate certificate, List<X509Certificate> authorities) {
        return ChangedCertificate.of(certificate, json -> {
            ArrayNode listed = json.putArray("certificationAuthority");
            authorities.forEach(authority -> listed.addObject().put("caCertificate", Pem.encode(authority)));
        });
    }

    /** Only some of its further names. */
    static Certificate only(Certificate certificate, Predicate<String> listed) {
        return ChangedCertificate.of(
                certificate,
                json -> json.withArray("subjectAlternativeNames")
                        .removeIf(name -> !listed.test(name.get("name").asString())));
    }
}
