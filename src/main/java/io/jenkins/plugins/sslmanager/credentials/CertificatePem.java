package io.jenkins.plugins.sslmanager.credentials;

import hudson.Extension;
import io.jenkins.plugins.sslmanager.certificates.CertificateRow;
import io.jenkins.plugins.sslmanager.certificates.CertificateSection;
import io.jenkins.plugins.sslmanager.certificates.JobLink;
import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateChain;
import io.jenkins.plugins.sslmanager.engine.vault.VaultEntry;
import io.jenkins.plugins.sslmanager.engine.vault.VaultVersion;
import io.jenkins.plugins.sslmanager.orders.Orders;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.verb.GET;

/** What the vault has of a certificate, on its page: the public parts to copy and to download, and the credentials. */
public final class CertificatePem implements CertificateSection {

    private final List<VaultEntry> entries;
    private final CertificateChain chain;

    private CertificatePem(List<VaultEntry> entries) {
        this.entries = entries;
        chain = entries.stream()
                .map(VaultEntry::newest)
                .max(Comparator.comparing(VaultVersion::stored))
                .orElseThrow()
                .chain();
    }

    @Override
    public String getUrlName() {
        return "pem";
    }

    /** The ids that builds of its jobs find it by. */
    public List<String> getCredentialIds() {
        return entries.stream()
                .flatMap(entry -> entry.credentialIds().stream())
                .distinct()
                .sorted()
                .toList();
    }

    public String getLeaf() {
        return chain.leafPem();
    }

    /** Without the leaf; empty where there is none. */
    public String getChain() {
        return chain.chainPem();
    }

    /** The leaf and what signs it, as servers present them. */
    @GET
    public HttpResponse doFullchain() {
        return HttpResponses.text(chain.fullchainPem());
    }

    /** Of each certificate that the vault has for a job that the viewer may see. */
    @Extension
    public static final class FactoryImpl implements Factory {

        @Override
        public Optional<CertificatePem> of(CertificateRow row) {
            Set<String> jobs = row.getJobs().stream().map(JobLink::getFullName).collect(Collectors.toSet());
            List<VaultEntry> entries = entries(row).stream()
                    .filter(entry -> entry.job() != null && jobs.contains(entry.job()))
                    .toList();
            return entries.isEmpty() ? Optional.empty() : Optional.of(new CertificatePem(entries));
        }

        /** A vault or an order book that cannot be opened has a monitor of its own. */
        private static List<VaultEntry> entries(CertificateRow row) {
            try {
                return CertificateVault.get().vault().entries().stream()
                        .filter(entry -> isNow(row, entry.certificate()))
                        .toList();
            } catch (ExpectedFailure e) {
                return List.of();
            }
        }

        /** An entry keeps the number that the certificate had at first. */
        private static boolean isNow(CertificateRow row, CertificateId first) {
            CertificateId now = Orders.get().book().current(first);
            return row.isOf(now.system(), now.number());
        }
    }
}
