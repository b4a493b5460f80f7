package io.jenkins.plugins.sslmanager;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.security.ACL;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import java.util.List;
import jenkins.model.Jenkins;

/** What is in Jenkins' own store of credentials. */
public final class StoredCertificates {

    private StoredCertificates() {}

    @CheckForNull
    public static StandardCertificateCredentials find(String id) {
        return CredentialsProvider.findCredentialByIdInItemGroup(
                id, StandardCertificateCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of());
    }

    public static KeyStores.Entry entry(String id) {
        StandardCertificateCredentials found = find(id);
        assertNotNull(found, id);
        return KeyStores.entry(
                found.getKeyStore(), found.getPassword().getPlainText().toCharArray());
    }
}
