package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.api.Wildcards;
import java.io.Serializable;
import java.util.Locale;

/**
 * The names of certificates that are alike, as in searches of the service.
 *
 * @param text a name, in which {@code %} stands for any characters
 */
public record CertificateNamePattern(String text) implements Serializable {

    public boolean matches(String certificateName) {
        return Wildcards.match(text.toLowerCase(Locale.ROOT), "%", certificateName.toLowerCase(Locale.ROOT));
    }
}
