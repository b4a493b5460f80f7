package io.jenkins.plugins.sslmanager;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.Job;
import hudson.security.ACL;
import io.jenkins.plugins.sslmanager.engine.pki.KeyStores;
import java.util.List;
import java.util.Objects;
import jenkins.model.Jenkins;

/** What jobs find as certificate credentials. */
public final class StoredCertificates {

    private StoredCertificates() {}

    /** What the first job finds that finds anything. */
    @CheckForNull
    public static StandardCertificateCredentials find(String id) {
        return Jenkins.get().getAllItems(Job.class).stream()
                .map(job -> find(job, id))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    @CheckForNull
    public static StandardCertificateCredentials find(Item item, String id) {
        return CredentialsProvider.findCredentialByIdInItem(
                id, StandardCertificateCredentials.class, item, ACL.SYSTEM2, List.of());
    }

    public static KeyStores.Entry entry(String id) {
        StandardCertificateCredentials found = find(id);
        assertNotNull(found, id);
        return KeyStores.entry(
                found.getKeyStore(), found.getPassword().getPlainText().toCharArray());
    }
}
