package io.jenkins.plugins.sslmanager.engine.served;

import io.jenkins.plugins.sslmanager.engine.api.ForeignText;
import java.util.List;
import java.util.Optional;

/**
 * Whether servers present a certificate. The looks may come from another machine that is not trusted, so that an endpoint without
 * a look counts as one that does not present it, and lines are bounded.
 *
 * @param sha256Fingerprint of the certificate that they should present
 * @param looks at those endpoints alone
 */
public record ServedReport(String sha256Fingerprint, List<TlsEndpoint> endpoints, List<AddressLook> looks) {

    private static final int MOST_LOOKS = 1_000;
    private static final int LONGEST_LINE = 2_000;

    public ServedReport {
        List<TlsEndpoint> asked = List.copyOf(endpoints);
        endpoints = asked;
        looks = looks.stream()
                .filter(look -> asked.contains(look.endpoint()))
                .limit(MOST_LOOKS)
                .toList();
    }

    /** Tells whether every address that could be asked presents it, and one of each endpoint could. */
    public boolean isServed() {
        return fault().isEmpty();
    }

    /** One line for each address. */
    public List<String> lines() {
        return looks.stream().map(this::line).toList();
    }

    /** The line of the first address that does not present it. */
    public Optional<String> fault() {
        return endpoints.stream().flatMap(endpoint -> fault(endpoint).stream()).findFirst();
    }

    private Optional<String> fault(TlsEndpoint endpoint) {
        List<AddressLook> all =
                looks.stream().filter(look -> look.endpoint().equals(endpoint)).toList();
        if (all.isEmpty()) {
            return Optional.of(endpoint + ": no address was asked. Check the DNS of the agent");
        }
        List<AddressLook> asked =
                all.stream().filter(look -> !look.isOutOfReach()).toList();
        return (asked.isEmpty() ? all : asked)
                .stream()
                        .filter(look -> !look.serves(sha256Fingerprint))
                        .findFirst()
                        .map(this::line);
    }

    private String line(AddressLook look) {
        return ForeignText.oneLine(look.line(sha256Fingerprint), LONGEST_LINE);
    }
}
