package io.jenkins.plugins.sslmanager.engine.sandbox;

import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.SubjectAlternativeName;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm;
import java.io.IOException;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** CSRs with keys of their own. */
public final class Csrs {

    private Csrs() {}

    public static String of(String name, String... alternativeNames) {
        return CertificateSigningRequest.create(KeyAlgorithm.EC_P256.generate(), name, List.of(alternativeNames))
                .toPem();
    }

    /** For the names of the certificate. */
    public static String of(Certificate certificate) {
        return of(
                certificate.name(),
                certificate.subjectAlternativeNames().stream()
                        .map(SubjectAlternativeName::name)
                        .toArray(String[]::new));
    }

    public static String withRsaKey(int bits, String subject) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return of(generator.generateKeyPair(), "SHA256withRSA", subject);
    }

    public static String of(KeyPair keys, String signature, String subject) {
        StringWriter pem = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(pem)) {
            writer.writeObject(new JcaPKCS10CertificationRequestBuilder(new X500Principal(subject), keys.getPublic())
                    .build(new JcaContentSignerBuilder(signature)
                            .setProvider(new BouncyCastleProvider())
                            .build(keys.getPrivate())));
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
        return pem.toString();
    }
}
