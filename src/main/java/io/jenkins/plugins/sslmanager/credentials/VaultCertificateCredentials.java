package io.jenkins.plugins.sslmanager.credentials;

import com.cloudbees.plugins.credentials.CredentialsNameProvider;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsSnapshotTaker;
import com.cloudbees.plugins.credentials.NameWith;
import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import hudson.Extension;
import hudson.remoting.Channel;
import hudson.util.Secret;
import io.jenkins.plugins.sslmanager.engine.vault.VaultEntry;
import java.io.Serial;
import java.security.KeyStore;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;

/**
 * An entry of the vault as a certificate credential. It holds names alone, and reads certificate and key whenever it is used. Its
 * XML is id, description and scope, which stay, so that the fingerprint by which Jenkins tracks its use stays, too.
 */
@NameWith(VaultCertificateCredentials.NameProvider.class)
@SuppressFBWarnings(
        value = "SE_TRANSIENT_FIELD_NOT_RESTORED",
        justification = "They are of the controller's object alone; what travels is a copy that brings its own")
public final class VaultCertificateCredentials extends BaseStandardCredentials
        implements StandardCertificateCredentials {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient String entryId;
    private final transient Secret password;

    /** Null on the controller, where the vault is asked. */
    @CheckForNull
    private final CertificateCopy copy;

    VaultCertificateCredentials(String credentialId, VaultEntry entry) {
        super(CredentialsScope.GLOBAL, credentialId, entry.certificateName() + " (SSL Manager)");
        entryId = entry.id();
        password = CertificateCopy.newPassword();
        copy = null;
    }

    private VaultCertificateCredentials(VaultCertificateCredentials original, CertificateCopy copy) {
        super(original.getScope(), original.getId(), original.getDescription());
        entryId = original.entryId;
        password = copy.password();
        this.copy = copy;
    }

    String entryId() {
        return entryId;
    }

    /** @throws io.jenkins.plugins.sslmanager.engine.vault.VaultException if it is damaged, or was given up */
    @NonNull
    @Override
    public KeyStore getKeyStore() {
        return copy == null ? CertificateCopy.keyStore(entryId, getDescription(), password) : copy.keyStore();
    }

    @NonNull
    @Override
    public Secret getPassword() {
        return copy == null ? password : copy.password();
    }

    /** Whoever takes it to an agent gets a copy that needs no vault there. */
    @Serial
    private Object writeReplace() {
        return copy != null || Channel.current() == null ? this : CredentialsProvider.snapshot(this);
    }

    /** Makes the copy for an agent. */
    @Extension
    public static final class SnapshotTaker extends CredentialsSnapshotTaker<VaultCertificateCredentials> {

        @Override
        public Class<VaultCertificateCredentials> type() {
            return VaultCertificateCredentials.class;
        }

        @Override
        public VaultCertificateCredentials snapshot(VaultCertificateCredentials credentials) {
            return credentials.copy != null
                    ? credentials
                    : new VaultCertificateCredentials(
                            credentials, CertificateCopy.of(credentials.getKeyStore(), credentials.getPassword()));
        }
    }

    /** Marks the one provider that shows such credentials. */
    interface Source {}

    /** Tells what it is, by whom, and how long it lasts, without touching its key. */
    public static final class NameProvider extends CredentialsNameProvider<VaultCertificateCredentials> {

        @NonNull
        @Override
        public String getName(@NonNull VaultCertificateCredentials credentials) {
            return CertificateVault.get()
                    .vault()
                    .entry(credentials.entryId)
                    .map(entry -> Messages.VaultCertificateCredentials_name(
                            entry.certificateName(),
                            DateTimeFormatter.ISO_LOCAL_DATE
                                    .withZone(ZoneOffset.UTC)
                                    .format(entry.newest()
                                            .certificate()
                                            .getNotAfter()
                                            .toInstant())))
                    .orElseGet(() -> Objects.requireNonNullElse(credentials.getDescription(), credentials.getId()));
        }
    }

    @Extension
    public static final class DescriptorImpl extends BaseStandardCredentialsDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.VaultCertificateCredentials_displayName();
        }

        @Override
        public String getIconClassName() {
            return "icon-application-certificate";
        }

        /** Nobody can add one to a store. */
        @Override
        public boolean isApplicable(CredentialsProvider provider) {
            return provider instanceof Source;
        }
    }
}
