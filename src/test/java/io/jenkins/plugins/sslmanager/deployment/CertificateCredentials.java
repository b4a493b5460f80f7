package io.jenkins.plugins.sslmanager.deployment;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.CertificateCredentialsImpl;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateChain;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import io.jenkins.plugins.sslmanager.engine.sandbox.SandboxCa;
import io.jenkins.plugins.sslmanager.engine.served.TlsServer.Identity;
import java.io.ByteArrayOutputStream;
import java.security.KeyStore;
import java.util.List;

/** Certificate credentials in Jenkins' own store, as a person would upload them. */
final class CertificateCredentials {

    static final String PASSWORD = "of-the-key-store";

    private CertificateCredentials() {}

    /** Puts it there, in the place of the one of that id. */
    static void store(String id, Identity identity) throws Exception {
        CertificateChain chain = CertificateChain.of(
                identity.leaf(),
                List.of(SandboxCa.shared().intermediate(), SandboxCa.shared().root()));
        put(id, KeyStores.pkcs12(identity.keys().getPrivate(), chain, "alias", PASSWORD.toCharArray()));
    }

    /** One that has a certificate and no key. */
    static void storeWithoutKey(String id, Identity identity) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("alias", identity.leaf());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store.store(bytes, PASSWORD.toCharArray());
        put(id, bytes.toByteArray());
    }

    private static void put(String id, byte[] keyStore) throws Exception {
        SystemCredentialsProvider provider = SystemCredentialsProvider.getInstance();
        provider.getCredentials()
                .removeIf(each -> each instanceof CertificateCredentialsImpl known
                        && known.getId().equals(id));
        provider.getCredentials()
                .add(new CertificateCredentialsImpl(
                        CredentialsScope.GLOBAL,
                        id,
                        "",
                        PASSWORD,
                        new CertificateCredentialsImpl.UploadedKeyStoreSource(null, SecretBytes.fromBytes(keyStore))));
        provider.save();
    }
}
