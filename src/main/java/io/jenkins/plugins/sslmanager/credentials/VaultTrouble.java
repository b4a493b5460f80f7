package io.jenkins.plugins.sslmanager.credentials;

import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import io.jenkins.plugins.sslmanager.engine.vault.Vault;
import java.util.List;
import java.util.stream.Stream;

/** What is damaged in the vault, for people. Pages that are about something else must not fail where it cannot be read. */
final class VaultTrouble {

    private VaultTrouble() {}

    /** Empty if all is well. */
    static List<String> now() {
        try {
            Vault vault = CertificateVault.get().vault();
            return Stream.concat(
                            vault.damaged().stream().map(Messages::VaultTrouble_damaged), vault.troubles().stream())
                    .toList();
        } catch (ExpectedFailure e) {
            return List.of(e.getMessage());
        }
    }
}
