package io.jenkins.plugins.sslmanager.engine.pki;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;

/**
 * Looks at all ways from a leaf upwards, by issuer name and signature, and takes the best. No way has an authority twice
 * (RFC 4158, 2.4.2), whoever vouches for it.
 */
final class ChainSearch {

    /** Certificates that vouch for each other in a circle have more ways than anybody wants to look at. */
    private static final int MAX_WAYS = 1000;

    private static final Comparator<X509Certificate> LATEST_EXPIRY_FIRST = Comparator.comparing(
                    X509Certificate::getNotAfter)
            .reversed()
            .thenComparing(Certificates::sha256Fingerprint);

    private final Instant at;
    private final List<X509Certificate> authorities;
    private final Map<Signature, Boolean> signatures = new HashMap<>();
    private final List<Way> ways = new ArrayList<>();

    private ChainSearch(Collection<X509Certificate> authorities, Instant at) {
        this.at = at;
        this.authorities = withoutVariants(authorities);
    }

    /** @return from the leaf up; the leaf alone where no authority signed it */
    static List<X509Certificate> best(
            X509Certificate leaf, Collection<X509Certificate> authorities, ChainLength length, Instant at) {
        ChainSearch search = new ChainSearch(authorities, at);
        search.goOn(List.of(leaf));
        return search.ways.stream().min(order(length)).orElseThrow().certificates();
    }

    /** A way that is valid comes first, whatever its length; without a choice of length left, whatever lasts longest. */
    private static Comparator<Way> order(ChainLength length) {
        Comparator<Way> complete = Comparator.comparing(Way::isComplete).reversed();
        Comparator<Way> longest = Comparator.comparing(Way::intermediates).reversed();
        Comparator<Way> byLength =
                switch (length) {
                    case LONGEST -> longest.thenComparing(complete);
                    case SHORTEST ->
                        // Of ways without a root, each is the beginning of the next longer one.
                        complete.thenComparing(way -> way.isComplete() ? way.intermediates() : -way.intermediates());
                };
        return Comparator.comparing(Way::isValid)
                .reversed()
                .thenComparing(byLength)
                .thenComparing(Comparator.comparing(Way::until).reversed())
                .thenComparing(Way::fingerprints);
    }

    private void goOn(List<X509Certificate> path) {
        X509Certificate top = path.get(path.size() - 1);
        boolean complete = isSignedBy(top, top);
        ways.add(new Way(path, complete, path.size() > 1 && areValid(path)));
        if (complete) {
            return;
        }
        for (X509Certificate issuer : authorities) {
            if (ways.size() < MAX_WAYS
                    && path.stream().noneMatch(present -> Authority.of(present).equals(Authority.of(issuer)))
                    && isSignedBy(top, issuer)) {
                goOn(Stream.concat(path.stream(), Stream.of(issuer)).toList());
            }
        }
    }

    /** The leaf is the same on all ways. */
    private boolean areValid(List<X509Certificate> path) {
        for (int below = 0; below < path.size() - 1; below++) {
            X509Certificate authority = path.get(below + 1);
            if (!isCurrent(authority) || authority.getBasicConstraints() < below) {
                return false;
            }
        }
        return true;
    }

    private boolean isCurrent(X509Certificate certificate) {
        return !at.isBefore(certificate.getNotBefore().toInstant())
                && !at.isAfter(certificate.getNotAfter().toInstant());
    }

    private boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
        return signatures.computeIfAbsent(
                new Signature(certificate, issuer), pair -> Signature.isValid(certificate, issuer));
    }

    /** Of several certificates by which one authority vouches for another, the one that is current and lasts longest. */
    private List<X509Certificate> withoutVariants(Collection<X509Certificate> certificates) {
        Map<List<Object>, X509Certificate> best = certificates.stream()
                .sorted(Comparator.comparing(this::isCurrent).reversed().thenComparing(LATEST_EXPIRY_FIRST))
                .collect(Collectors.toMap(
                        certificate -> List.of(Authority.of(certificate), certificate.getIssuerX500Principal()),
                        certificate -> certificate,
                        (first, second) -> first,
                        LinkedHashMap::new));
        return List.copyOf(best.values());
    }

    /** Who a certificate is for. */
    private record Authority(X500Principal name, PublicKey key) {

        static Authority of(X509Certificate certificate) {
            return new Authority(certificate.getSubjectX500Principal(), certificate.getPublicKey());
        }
    }

    /** To be looked at once, since that takes time. */
    private record Signature(X509Certificate certificate, X509Certificate issuer) {

        static boolean isValid(X509Certificate certificate, X509Certificate issuer) {
            if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
                return false;
            }
            try {
                certificate.verify(issuer.getPublicKey());
                return true;
            } catch (GeneralSecurityException e) {
                return false;
            }
        }
    }

    /**
     * A way upwards.
     *
     * @param isComplete whether it ends at a root
     * @param isValid whether all of its authorities are ones, and current
     */
    private record Way(List<X509Certificate> certificates, boolean isComplete, boolean isValid) {

        int intermediates() {
            return certificates.size() - (isComplete ? 2 : 1);
        }

        Instant until() {
            return certificates.stream()
                    .map(certificate -> certificate.getNotAfter().toInstant())
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
        }

        String fingerprints() {
            return certificates.stream().map(Certificates::sha256Fingerprint).collect(Collectors.joining());
        }
    }
}
