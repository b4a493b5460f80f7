package io.jenkins.plugins.sslmanager.engine.pki;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.bouncycastle.pkcs.PKCSException;

/**
 * A certificate signing request (PKCS#10, RFC 2986) that the service can take: its key is of a kind it accepts, and it is
 * signed with that key.
 */
public final class CertificateSigningRequest {

    /** RFC 5280, ub-common-name-length. */
    private static final int MAX_COMMON_NAME_LENGTH = 64;

    private static final Set<String> LABELS = Set.of("CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST");

    private final byte[] der;
    private final PublicKey publicKey;
    private final RequestedNames names;

    private CertificateSigningRequest(byte[] der) throws IOException, GeneralSecurityException {
        PKCS10CertificationRequest request = new PKCS10CertificationRequest(der);
        this.der = der;
        publicKey = AcceptedKeys.read(request.getSubjectPublicKeyInfo());
        checkSignature(request, publicKey);
        names = RequestedNames.of(request.getSubject(), request.getRequestedExtensions());
    }

    /**
     * A new CSR whose subject is the common name alone, or nothing where that is too long for one: then the name is the first
     * subject alternative name and nothing else, which is what counts (RFC 9525), and whether the product takes that is seen
     * when the order is checked.
     *
     * @param commonName a fully qualified DNS name, also with a leading wildcard; becomes the first subject alternative name
     * @param dnsNames further subject alternative names; may repeat the common name
     * @throws PkiException for a name that is no DNS name, and for keys that the service refuses
     */
    public static CertificateSigningRequest create(KeyPair keys, String commonName, List<String> dnsNames) {
        checkDnsName("common name", commonName);
        X500NameBuilder subject = new X500NameBuilder(BCStyle.INSTANCE);
        if (commonName.length() <= MAX_COMMON_NAME_LENGTH) {
            subject.addRDN(BCStyle.CN, commonName);
        }
        return create(
                keys,
                subject.build(),
                Stream.concat(Stream.of(commonName), dnsNames.stream()).toList());
    }

    /**
     * Returns a new CSR with a whole subject. Its common name becomes the first subject alternative name if it is a DNS name.
     *
     * @throws PkiException for a name that is no DNS name, and for keys that the service refuses
     */
    public static CertificateSigningRequest create(KeyPair keys, X500Principal subject, List<String> dnsNames) {
        return create(keys, X500Name.getInstance(subject.getEncoded()), dnsNames);
    }

    private static CertificateSigningRequest create(KeyPair keys, X500Name subject, List<String> dnsNames) {
        dnsNames.forEach(name -> checkDnsName("DNS name", name));
        GeneralName[] alternativeNames =
                RequestedNames.dnsNames(RequestedNames.commonName(subject), dnsNames.stream()).stream()
                        .map(name -> new GeneralName(GeneralName.dNSName, name))
                        .toArray(GeneralName[]::new);
        SubjectPublicKeyInfo key =
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded());
        try {
            String signatureAlgorithm = KeyAlgorithm.signatureAlgorithm(AcceptedKeys.read(key));
            PKCS10CertificationRequestBuilder builder = new PKCS10CertificationRequestBuilder(subject, key);
            if (alternativeNames.length > 0) {
                boolean withoutSubject = subject.getRDNs().length == 0;
                Extension extension = Extension.create(
                        Extension.subjectAlternativeName, withoutSubject, new GeneralNames(alternativeNames));
                builder.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, new Extensions(extension));
            }
            return new CertificateSigningRequest(
                    builder.build(new JcaContentSignerBuilder(signatureAlgorithm).build(keys.getPrivate()))
                            .getEncoded());
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new PkiException(
                    "The CSR cannot be created with this key pair: " + e.getMessage()
                            + ". Give an RSA or EC key pair that this JDK can sign with.",
                    e);
        }
    }

    /**
     * Reads a CSR from any source.
     *
     * @throws PkiException where the text is not exactly one PEM block, is something else than a CSR, is broken or
     *     wrongly signed, or has a key that the service refuses
     */
    public static CertificateSigningRequest parse(String text) {
        List<PemBlock> blocks = PemBlock.scan(text, "CSR");
        if (blocks.stream().anyMatch(PemBlock::isPrivateKey)) {
            throw new PkiException("The text given as CSR holds a private key, which must never leave its owner."
                    + " Give the CSR alone, the PEM block that begins with -----BEGIN CERTIFICATE REQUEST-----.");
        }
        PemBlock block = blocks.get(0);
        if (blocks.size() > 1 || !LABELS.contains(block.label())) {
            throw new PkiException("The CSR text must contain exactly one CSR, but contains: "
                    + Pem.labels(blocks)
                    + ". Give the PEM block that begins with -----BEGIN CERTIFICATE REQUEST-----.");
        }
        byte[] der = block.der();
        try {
            return new CertificateSigningRequest(der);
        } catch (PkiException e) {
            throw e;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // Bouncy Castle reports some malformed structures by unchecked exceptions
            throw new PkiException(
                    "The CSR cannot be read: its content is broken or cut off (" + e.getMessage()
                            + "). Give the whole PEM text unchanged, or create the CSR again.",
                    e);
        }
    }

    /** One PEM block with LF line ends and a final one, whatever shape the CSR was read from. */
    public String toPem() {
        return Pem.encode("CERTIFICATE REQUEST", der);
    }

    public PublicKey publicKey() {
        return publicKey;
    }

    /** Returns the most specific CN of the subject. */
    @CheckForNull
    public String commonName() {
        return names.commonName();
    }

    /**
     * The common name if it is a DNS name, and the dNSName entries that are: lower-case, distinct, without the dot at their
     * end, in their order.
     */
    public List<String> dnsNames() {
        return names.dnsNames();
    }

    /**
     * What the subject alternative names have beyond {@link #dnsNames()}, for people: addresses, URIs, and dNSName entries that
     * are no DNS names. The service orders none of them, so whoever orders should say so.
     */
    public List<String> otherNames() {
        return names.others();
    }

    /** SHA-256 of the SubjectPublicKeyInfo, lower-case hex. */
    public String publicKeySha256() {
        return Certificates.sha256Hex(publicKey.getEncoded());
    }

    /** SHA-256 of the DER encoding, lower-case hex. */
    public String sha256() {
        return Certificates.sha256Hex(der);
    }

    private static void checkDnsName(String field, String name) {
        if (!DnsNames.isDnsName(name)) {
            throw new PkiException("The " + field + " '" + name + "' is not a fully qualified DNS name."
                    + " Write it like www.example.com or *.example.com; international names in their xn-- form.");
        }
    }

    private static void checkSignature(PKCS10CertificationRequest request, PublicKey key) {
        try {
            if (request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                return;
            }
        } catch (OperatorCreationException | PKCSException e) {
            throw new PkiException(
                    "The signature of the CSR cannot be checked: " + e.getMessage()
                            + ". Create the CSR with a usual signature such as SHA-256 with RSA.",
                    e);
        }
        throw new PkiException("The signature of the CSR was not made with its own key: the CSR was altered, or the"
                + " private key belongs to another public key. Create the CSR again.");
    }
}
