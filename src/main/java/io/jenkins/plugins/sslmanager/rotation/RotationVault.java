package io.jenkins.plugins.sslmanager.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.credentials.CertificateVault;
import io.jenkins.plugins.sslmanager.credentials.CredentialId;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.rotation.IssuedCertificate;
import io.jenkins.plugins.sslmanager.engine.rotation.KeptCertificate;
import io.jenkins.plugins.sslmanager.engine.rotation.RotationPort.Lack;
import io.jenkins.plugins.sslmanager.engine.vault.JobVault;
import io.jenkins.plugins.sslmanager.engine.vault.VaultEntry;
import java.io.IOException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** What a rotation keeps in the vault, and how builds find it there. */
final class RotationVault {

    private static final String MANY =
            "so many certificates lack their keys at a time that an administrator has to confirm"
                    + " it, in Manage Jenkins » SSL Manager vault";

    private final Run<?, ?> build;
    private final AccountAccess access;
    private final RotationParameters parameters;
    private final Consumer<String> log;

    RotationVault(Run<?, ?> build, AccountAccess access, RotationParameters parameters, Consumer<String> log) {
        this.build = build;
        this.access = access;
        this.parameters = parameters;
        this.log = log;
    }

    private JobVault vault() {
        return CertificateVault.get().of(build.getParent(), access.account().getId());
    }

    private CertificateId number(IssuedCertificate certificate) {
        return new CertificateId(access.system(), certificate.data().id());
    }

    /** @throws IOException with a message for the user if builds would not find what is about to be stored */
    void check(IssuedCertificate current) throws IOException {
        String id = parameters.credentialId(current.data().name());
        if (id != null) {
            CredentialId.require(id);
            CredentialId.requireFree(build, id);
        }
    }

    void keep(Order order, IssuedCertificate issued, PrivateKey key) throws IOException {
        String id = parameters.credentialId(issued.data().name());
        VaultEntry entry = vault().keep(order.certificate(), issued.data().name(), id, issued.chain(), key);
        log.accept(id == null ? "Kept in the vault" : "Kept in the vault, as the credential '" + id + "'");
        requireFound(id, entry);
    }

    private void requireFound(@CheckForNull String id, VaultEntry entry) throws IOException {
        if (id != null) {
            CredentialId.requireFound(build, id, entry);
        }
    }

    /** What the build can be provided with; empty where the vault has nothing for it. */
    Optional<KeptCertificate> kept(IssuedCertificate current) {
        return vault().usable(number(current), current.chain().leaf())
                .map(entry -> new KeptCertificate(
                        entry.newest().chain(), CertificateVault.get().vault().key(entry)));
    }

    /** Has builds find it by the id that is asked for; what the job is shown of another job it has as its own from then on. */
    void show(IssuedCertificate kept, PrivateKey key) throws IOException {
        String id = parameters.credentialId(kept.data().name());
        if (id != null) {
            requireFound(id, vault().keep(number(kept), kept.data().name(), id, kept.chain(), key));
        }
    }

    /** What is missing of a credential where the vault has nothing for this build. */
    Lack lack(IssuedCertificate current, String id) {
        return switch (vault().want(number(current), current.data().name())) {
            case ORDERED -> Lack.KEY_TO_ORDER;
            case KNOWN -> {
                log.accept("There is no credential '" + id
                        + "': the vault has or had this certificate for another job, or it was ordered for want of its key"
                        + " before. Have the account's grant show it to this job, or set 'force' once to order it");
                yield Lack.KEY;
            }
            case HELD_BACK -> {
                log.accept("There is no credential '" + id + "', and nothing was ordered: " + MANY);
                yield Lack.KEY;
            }
        };
    }

    /** Whether a certificate, of which an older one is due, is not ordered for that; told in the log. */
    boolean isHeldBack(IssuedCertificate current) {
        JobVault.Want want = vault().wantNewer(
                        number(current), current.data().name(), current.chain().leaf(), this::isDue);
        if (want == JobVault.Want.KNOWN) {
            log.accept(
                    "Nothing was ordered: the vault has its key for another job, which had it re-issued. Have the account's"
                            + " grant show it to this job, or set 'force' once to order it");
        } else if (want == JobVault.Want.HELD_BACK) {
            log.accept("Nothing was ordered: " + MANY);
        }
        return want != JobVault.Want.ORDERED;
    }

    private boolean isDue(X509Certificate leaf) {
        return parameters
                .dueRule()
                .isDue(leaf.getNotBefore().toInstant(), leaf.getNotAfter().toInstant(), Instant.now());
    }

    void placed(Order order) {
        vault().ordered(order.certificate());
    }
}
