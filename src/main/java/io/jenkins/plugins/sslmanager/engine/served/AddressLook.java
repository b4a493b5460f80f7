package io.jenkins.plugins.sslmanager.engine.served;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** What one address of a host has presented, in one or several connections. */
public final class AddressLook implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private final TlsEndpoint endpoint;

    @CheckForNull
    private final String address;

    private final ArrayList<PresentedCertificate> presented;

    @CheckForNull
    private final String failure;

    private final boolean outOfReach;

    private AddressLook(
            TlsEndpoint endpoint,
            @CheckForNull String address,
            Collection<PresentedCertificate> presented,
            @CheckForNull String failure,
            boolean outOfReach) {
        this.endpoint = endpoint;
        this.address = address;
        this.presented = new ArrayList<>(presented);
        this.failure = failure;
        this.outOfReach = outOfReach;
    }

    /** @param failure why one of the connections showed nothing; null if all did */
    static AddressLook of(
            TlsEndpoint endpoint,
            String address,
            Collection<PresentedCertificate> presented,
            @CheckForNull String failure) {
        return new AddressLook(endpoint, address, presented, failure, false);
    }

    /** An IPv6 address, from a machine that has none itself. */
    static AddressLook outOfReach(TlsEndpoint endpoint, String address) {
        return new AddressLook(endpoint, address, List.of(), "this machine has no IPv6", true);
    }

    static AddressLook unknownHost(TlsEndpoint endpoint) {
        return new AddressLook(
                endpoint,
                null,
                List.of(),
                "the name does not resolve here. Check its spelling, and the DNS of this machine",
                false);
    }

    TlsEndpoint endpoint() {
        return endpoint;
    }

    /** Tells whether nothing can be said about it from here, so that it counts neither way. */
    public boolean isOutOfReach() {
        return outOfReach;
    }

    /** Tells whether each connection showed that certificate, and nothing else. */
    public boolean serves(String sha256Fingerprint) {
        return failure == null
                && !presented.isEmpty()
                && presented.stream().allMatch(each -> each.sha256Fingerprint().equals(sha256Fingerprint));
    }

    /** @return such as {@code www.example.com:443 (192.0.2.1) presents it}, with what to do if it does not */
    public String line(String sha256Fingerprint) {
        return endpoint + (address == null ? "" : " (" + address + ")") + ": " + outcome(sha256Fingerprint);
    }

    private String outcome(String sha256Fingerprint) {
        if (serves(sha256Fingerprint)) {
            return "presents it";
        }
        if (outOfReach) {
            return "not asked, since " + failure;
        }
        if (presented.isEmpty()) {
            return String.valueOf(failure);
        }
        String certificates = presented.stream()
                .map(each -> each.sha256Fingerprint().equals(sha256Fingerprint) ? "it" : "another (" + each + ")")
                .collect(Collectors.joining(" and "));
        if (presented.size() > 1) {
            return "presents several certificates in turn: " + certificates
                    + ". Several servers stand behind this address: bring the certificate to each of them";
        }
        return "presents " + certificates + (failure == null ? "" : ", but not in each connection: " + failure);
    }
}
