package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.CertAuthentication;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Keeps an order from going out that would never be validated: where a domain is proved by a DNS record, InterNetX does not set
 * that record, and nothing on the way to the order does, the record has to be there already.
 *
 * @param isShown whether all name servers in charge show a record, given as a line of a zone file
 */
public record ProofCheck(Function<String, CompletableFuture<Boolean>> isShown) {

    /** @return fails with ReissueException that names the record, and what to do about it */
    public CompletableFuture<Void> require(CertAuthentication proof, String certificateName) {
        CompletableFuture<Void> checked = CompletableFuture.completedFuture(null);
        if (!AuthMethod.DNS.equals(proof.method())) {
            return checked;
        }
        List<CertAuthentication> open = ProofOfControl.each(proof).stream()
                .filter(each -> !Boolean.TRUE.equals(each.provisioning()))
                .toList();
        for (CertAuthentication each : open) {
            checked = checked.thenCompose(before -> requireShown(each, certificateName));
        }
        return checked;
    }

    private CompletableFuture<Void> requireShown(CertAuthentication proof, String certificateName) {
        String domain = proof.name() == null ? certificateName : proof.name();
        String record = proof.dns();
        if (record == null) {
            return CompletableFuture.failedFuture(
                    ProofOfControl.notOrdered(domain, "the service does not tell the DNS record"));
        }
        return isShown.apply(record).thenAccept(shown -> {
            if (!shown) {
                throw ProofOfControl.notOrdered(
                        domain, "this DNS record is not at its name servers: " + record.replaceAll("\\s+", " "));
            }
        });
    }
}
