package io.jenkins.plugins.sslmanager.engine.sandbox;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.AuthMethod;
import io.jenkins.plugins.sslmanager.engine.api.CertAuthentication;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;

/** What would prove control of a domain, in the forms of the process page's examples. */
final class DomainProofs {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int RANDOM_BITS = 250;

    private DomainProofs() {}

    /** The domains of some names: a wildcard's is the one below it, and that of {@code www.} the other name's where both are there. */
    static List<String> domains(List<String> names) {
        List<String> plain = names.stream()
                .map(name -> name.startsWith("*.") ? name.substring(2) : name)
                .distinct()
                .toList();
        return plain.stream()
                .filter(name -> !name.startsWith("www.") || !plain.contains(name.substring("www.".length())))
                .toList();
    }

    /** One for each method. */
    static List<CertAuthentication> of(String certificateName, boolean provisioning, Instant now) {
        String domain = certificateName.startsWith("*.") ? certificateName.substring(2) : certificateName;
        String token = DATE.format(ServiceTime.at(now))
                + new BigInteger(RANDOM_BITS, RANDOM).setBit(RANDOM_BITS).toString(Character.MAX_RADIX);
        return List.of(byMail(domain), byRecord(domain, token, provisioning), byFile(domain, token));
    }

    /** @throws IllegalArgumentException if the sandbox has no such method */
    static CertAuthentication of(AuthMethod method, String certificateName, Instant now) {
        return of(certificateName, true, now).stream()
                .filter(proof -> proof.method().equals(method))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The sandbox proves control of a domain by EMAIL, DNS or FILE, not by " + method));
    }

    private static CertAuthentication byMail(String domain) {
        List<String> approvers = Stream.of("admin", "administrator", "hostmaster", "webmaster", "postmaster")
                .map(name -> name + "@" + domain)
                .toList();
        return CertAuthentication.byMail(approvers);
    }

    private static CertAuthentication byRecord(String domain, String token, boolean provisioning) {
        String line = domain + ".\t\t300\tIN\tTXT\t\"" + token + "\"";
        return CertAuthentication.byDns(line, provisioning);
    }

    /** Returns the same for a domain, or for several. */
    static CertAuthentication with(
            CertAuthentication proof, @CheckForNull String name, @CheckForNull List<CertAuthentication> domains) {
        return new CertAuthentication(
                name,
                proof.method(),
                proof.dns(),
                proof.fileName(),
                proof.fileContent(),
                proof.approverEmails(),
                proof.provisioning(),
                domains,
                null,
                null);
    }

    private static CertAuthentication byFile(String domain, String token) {
        String address = "http://" + domain + "/.well-known/pki-validation/fileauth.txt";
        return CertAuthentication.byFile(address, token);
    }
}
