package io.jenkins.plugins.sslmanager.engine.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import java.io.Serial;
import java.io.Serializable;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/** What a new key and its CSR shall be. */
public final class NewKey implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String algorithm;

    @CheckForNull
    private final String commonName;

    @CheckForNull
    private final String names;

    @CheckForNull
    private final String subject;

    /**
     * @param commonName null to take over the certificate's names
     * @param names further DNS names, separated by commas or white space; null for none
     * @param subject an X.500 name; null to take over the certificate's, or the common name alone
     */
    public NewKey(
            String algorithm,
            @CheckForNull String commonName,
            @CheckForNull String names,
            @CheckForNull String subject) {
        this.algorithm = algorithm;
        this.commonName = commonName;
        this.names = names;
        this.subject = subject;
    }

    /** Returns names beyond the certificate's, or the common name, separated by commas or white space; null for none. */
    @CheckForNull
    public String furtherNames() {
        return names;
    }

    public boolean takesOverNames() {
        return commonName == null;
    }

    /**
     * A key of the usual kind.
     *
     * @param names further DNS names, separated by commas or white space; null or empty for none
     * @param subject an X.500 name; null or empty to take over the certificate's
     */
    public static NewKey ofDefaultKind(@CheckForNull String names, @CheckForNull String subject) {
        return new NewKey(KeyAlgorithm.RSA_2048.name(), null, nullIfBlank(names), nullIfBlank(subject));
    }

    @CheckForNull
    private static String nullIfBlank(@CheckForNull String text) {
        return text == null || text.isBlank() ? null : text.trim();
    }

    /** @throws IllegalArgumentException if the kind of key is unknown */
    public KeyAlgorithm algorithm() {
        return Arrays.stream(KeyAlgorithm.values())
                .filter(each -> each.name().equalsIgnoreCase(algorithm))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("keyAlgorithm: unknown key algorithm '" + algorithm
                        + "'. Use one of " + Arrays.toString(KeyAlgorithm.values())));
    }

    /** @throws IllegalArgumentException if a parameter says nothing, whatever the certificate is */
    public void check() {
        algorithm();
        if (names != null) {
            CertificateNames.of("placeholder.example", names);
        }
        if (subject != null) {
            parse(subject);
        }
    }

    /**
     * Returns a CSR for a key, of this kind or of another.
     *
     * @param existing null where its names are not taken over
     * @param withoutNames in ASCII, names of the certificate that it shall not have
     */
    public CertificateSigningRequest csr(KeyPair keys, @CheckForNull Certificate existing, Set<String> withoutNames) {
        List<String> wanted = (takesOverNames()
                        ? CertificateNames.of(existing, names)
                        : CertificateNames.of(commonName, names))
                .stream().filter(name -> !withoutNames.contains(name)).toList();
        X500Principal who = subject(existing);
        return who == null
                ? CertificateSigningRequest.create(keys, wanted.get(0), wanted.subList(1, wanted.size()))
                : CertificateSigningRequest.create(keys, who, wanted);
    }

    /** Null for the common name alone. */
    @CheckForNull
    private X500Principal subject(@CheckForNull Certificate existing) {
        if (subject != null) {
            return parse(subject);
        }
        return takesOverNames()
                ? IssuedCertificate.leaf(existing)
                        .map(X509Certificate::getSubjectX500Principal)
                        .orElse(null)
                : null;
    }

    private static X500Principal parse(String subject) {
        try {
            return new X500Principal(subject);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "subject: '" + subject + "' is not an X.500 name. Write it such as"
                            + " CN=www.example.com, O=Example GmbH, L=Regensburg, C=DE",
                    e);
        }
    }
}
