package io.jenkins.plugins.sslmanager.engine.vault;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a job has of a certificate.
 *
 * @param id the same for the whole life of the entry; its keys are sealed for it
 * @param certificateName its common name
 * @param account by which it was ordered: its lasting id
 * @param job the full name of the job that it belongs to; null once that is deleted. An entry
 *     that was given up keeps it
 * @param folder the full name of the folder that the job was in when the newest version was stored, which is empty at the top.
 *     It follows the folder, not the job; null once that folder is deleted
 * @param credentialIds the ids that builds find it by; none where files alone were asked for
 * @param versions the oldest first; the newest keeps its key
 */
public record VaultEntry(
        String id,
        CertificateId certificate,
        String certificateName,
        String account,
        @CheckForNull String job,
        @CheckForNull String folder,
        List<String> credentialIds,
        List<VaultVersion> versions) {

    /** Those whose key is gone are history for people, of which so much is enough. */
    private static final int MOST_VERSIONS = 12;

    /** Also of what stands in a file. */
    public VaultEntry {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(certificate, "certificate");
        Objects.requireNonNull(certificateName, "certificateName");
        Objects.requireNonNull(account, "account");
        credentialIds = List.copyOf(credentialIds);
        versions = List.copyOf(versions);
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("An entry has a version");
        }
    }

    /** The certificate that counts. */
    public VaultVersion newest() {
        return versions.get(versions.size() - 1);
    }

    /** The newest one if its key is here, which is what can be provided. */
    public Optional<VaultVersion> usable() {
        return Optional.of(newest()).filter(VaultVersion::hasKey);
    }

    public boolean isOf(String otherJob) {
        return otherJob.equals(job);
    }

    /** @param byAccount whose grants say who may find the new key */
    VaultEntry with(VaultVersion next, String byAccount, String inFolder) {
        List<VaultVersion> all = new ArrayList<>(versions);
        all.add(next);
        return new VaultEntry(id, certificate, certificateName, byAccount, job, inFolder, credentialIds, all);
    }

    VaultEntry shownAs(String credentialId) {
        List<String> all = new ArrayList<>(credentialIds);
        all.add(credentialId);
        return new VaultEntry(id, certificate, certificateName, account, job, folder, all, versions);
    }

    VaultEntry ownedBy(@CheckForNull String nextJob, @CheckForNull String nextFolder) {
        return new VaultEntry(id, certificate, certificateName, account, nextJob, nextFolder, credentialIds, versions);
    }

    /** Without any key, so that it can provide nothing more. */
    VaultEntry givenUp() {
        return new VaultEntry(
                id,
                certificate,
                certificateName,
                account,
                job,
                folder,
                List.of(),
                versions.stream().map(VaultVersion::withoutKey).toList());
    }

    /** Without the keys of versions that were followed by another one before this time. */
    VaultEntry cleaned(Instant oldest) {
        List<VaultVersion> kept = new ArrayList<>();
        for (int each = 0; each < versions.size(); each++) {
            VaultVersion version = versions.get(each);
            boolean ended = each + 1 < versions.size()
                    && versions.get(each + 1).stored().isBefore(oldest);
            boolean old = ended && versions.size() - each > MOST_VERSIONS;
            if (!old) {
                kept.add(ended ? version.withoutKey() : version);
            }
        }
        return new VaultEntry(id, certificate, certificateName, account, job, folder, credentialIds, kept);
    }

    /** For people. */
    @Override
    public String toString() {
        return certificateName + " (" + certificate + ") of " + job;
    }
}
