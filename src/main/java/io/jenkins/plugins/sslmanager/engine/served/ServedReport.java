package io.jenkins.plugins.sslmanager.engine.served;

import java.util.List;
import java.util.Optional;

/**
 * Whether servers present a certificate.
 *
 * @param sha256Fingerprint of the certificate that they should present
 */
public record ServedReport(String sha256Fingerprint, List<AddressLook> looks) {

    public ServedReport {
        looks = List.copyOf(looks);
    }

    /** Tells whether every address that could be asked presents it, and one could. */
    public boolean isServed() {
        return fault().isEmpty();
    }

    /** One line for each address. */
    public List<String> lines() {
        return looks.stream().map(look -> look.line(sha256Fingerprint)).toList();
    }

    /** The line of the first address that does not present it. */
    public Optional<String> fault() {
        List<AddressLook> asked =
                looks.stream().filter(look -> !look.isOutOfReach()).toList();
        return (asked.isEmpty() ? looks : asked)
                .stream()
                        .filter(look -> !look.serves(sha256Fingerprint))
                        .findFirst()
                        .map(look -> look.line(sha256Fingerprint));
    }
}
