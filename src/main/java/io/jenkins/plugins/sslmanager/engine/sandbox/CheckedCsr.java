package io.jenkins.plugins.sslmanager.engine.sandbox;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.CertAuthentication;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.SubjectAlternativeName;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.pki.PkiException;
import java.io.IOException;
import java.io.StringReader;
import java.net.IDN;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.DefaultAlgorithmNameFinder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** A CSR that the service takes: readable, signed with its own key, the key large enough, and for at least one DNS name. */
final class CheckedCsr {

    private static final int MIN_RSA_BITS = 2048;
    private static final int MIN_EC_BITS = 256;

    private final PKCS10CertificationRequest request;
    private final PublicKey key;
    private final List<String> names;

    private CheckedCsr(PKCS10CertificationRequest request, CertificateSigningRequest csr) {
        this.request = request;
        key = csr.publicKey();
        names = csr.dnsNames();
    }

    /** @throws TaskRefused if the service would not take it */
    static CheckedCsr of(String plain) {
        PKCS10CertificationRequest request = read(plain);
        if (request != null) {
            requireSize(parameters(request));
        }
        try {
            CheckedCsr csr = new CheckedCsr(request, CertificateSigningRequest.parse(plain));
            if (csr.names.isEmpty()) {
                throw TaskRefused.wrongValue("csr.name", null);
            }
            return csr;
        } catch (PkiException e) {
            throw TaskRefused.unreadableCsr(e.getMessage());
        }
    }

    String name() {
        return names.get(0);
    }

    boolean isFor(String name) {
        return names.contains(ascii(name));
    }

    List<String> names() {
        return names;
    }

    String keySha256() {
        return Certificates.sha256Hex(key.getEncoded());
    }

    PublicKey key() {
        return key;
    }

    /** Returns all names but the name itself. */
    List<SubjectAlternativeName> alternativeNames() {
        return names.stream().skip(1).map(name -> alternativeName(name(), name)).toList();
    }

    static SubjectAlternativeName alternativeName(String certificateName, String name) {
        String type = name.startsWith("*.") ? "WILDCARD" : name.endsWith("." + certificateName) ? "SUBDOMAIN" : "FQDN";
        return new SubjectAlternativeName(type, name);
    }

    /** Returns the form that certificates carry. */
    static String ascii(String name) {
        String star = name.startsWith("*.") ? "*." : "";
        String ascii = IDN.toASCII(name.substring(star.length())).toLowerCase(Locale.ROOT);
        return star + (ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii);
    }

    CertificateData describe(String plain, String product, List<CertAuthentication> proofs) {
        boolean rsa = key instanceof RSAPublicKey;
        int bits = bits(parameters(request));
        return new CertificateData(
                plain,
                name(),
                alternativeNames(),
                bits,
                subject(BCStyle.C),
                subject(BCStyle.ST),
                subject(BCStyle.L),
                subject(BCStyle.O),
                subject(BCStyle.OU),
                subject(BCStyle.E),
                product,
                proofs,
                rsa ? "RSA" : "EC",
                signatureHash(),
                rsa ? null : bits == MIN_EC_BITS ? "PRIME_256_V1" : "SECP_384_R1",
                null,
                null,
                null);
    }

    @CheckForNull
    private String subject(ASN1ObjectIdentifier attribute) {
        return Arrays.stream(request.getSubject().getRDNs(attribute))
                .map(RDN::getFirst)
                .map(value -> IETFUtils.valueToString(value.getValue()))
                .findFirst()
                .orElse(null);
    }

    /** From a name such as {@code SHA256WITHRSA}. */
    private String signatureHash() {
        return new DefaultAlgorithmNameFinder()
                .getAlgorithmName(request.getSignatureAlgorithm())
                .split("WITH", 2)[0];
    }

    @CheckForNull
    private static PKCS10CertificationRequest read(String plain) {
        try (PEMParser parser = new PEMParser(new StringReader(plain))) {
            return parser.readObject() instanceof PKCS10CertificationRequest request ? request : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** Before the JDK sees the key, which may not know the curve. */
    private static void requireSize(AsymmetricKeyParameter key) {
        int bits = bits(key);
        if (bits < (key instanceof ECKeyParameters ? MIN_EC_BITS : MIN_RSA_BITS)) {
            throw TaskRefused.keyTooSmall(bits);
        }
    }

    private static int bits(AsymmetricKeyParameter key) {
        if (key instanceof RSAKeyParameters rsa) {
            return rsa.getModulus().bitLength();
        }
        if (key instanceof ECKeyParameters ec) {
            return ec.getParameters().getCurve().getFieldSize();
        }
        throw TaskRefused.unreadableCsr("Its key is neither RSA nor EC.");
    }

    private static AsymmetricKeyParameter parameters(PKCS10CertificationRequest request) {
        try {
            return PublicKeyFactory.createKey(request.getSubjectPublicKeyInfo());
        } catch (IOException | RuntimeException e) {
            // Bouncy Castle reports some malformed keys by unchecked exceptions
            throw TaskRefused.unreadableCsr(e.getMessage());
        }
    }
}
