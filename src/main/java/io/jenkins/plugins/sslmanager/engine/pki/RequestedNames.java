package io.jenkins.plugins.sslmanager.engine.pki;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * The names of a CSR: those that a certificate of a server can have, and the others.
 *
 * @param commonName the most specific CN of the subject; null where there is none
 * @param dnsNames the common name if it is a DNS name, and the dNSName entries that are: normalized, distinct, in their order
 * @param others the subject alternative names that are not in {@code dnsNames}, with their kind, in their order
 */
record RequestedNames(@CheckForNull String commonName, List<String> dnsNames, List<String> others) {

    static RequestedNames of(X500Name subject, @CheckForNull Extensions extensions) {
        String commonName = commonName(subject);
        List<GeneralName> alternatives = alternatives(extensions);
        Stream<String> dnsNames = alternatives.stream()
                .filter(RequestedNames::isDnsName)
                .map(name -> ((ASN1String) name.getName()).getString());
        return new RequestedNames(
                commonName,
                dnsNames(commonName, dnsNames),
                alternatives.stream()
                        .filter(name -> !isDnsName(name))
                        .map(RequestedNames::described)
                        .toList());
    }

    /** @param alternatives DNS names */
    static List<String> dnsNames(@CheckForNull String commonName, Stream<String> alternatives) {
        Stream<String> first =
                Stream.ofNullable(commonName).filter(name -> DnsNames.isDnsName(DnsNames.normalize(name)));
        return Stream.concat(first, alternatives)
                .map(DnsNames::normalize)
                .distinct()
                .toList();
    }

    @CheckForNull
    static String commonName(X500Name subject) {
        return Arrays.stream(subject.getRDNs())
                .flatMap(rdn -> Arrays.stream(rdn.getTypesAndValues()))
                .filter(attribute -> attribute.getType().equals(BCStyle.CN))
                .map(attribute -> ((ASN1String) attribute.getValue()).getString())
                .reduce((general, specific) -> specific)
                .orElse(null);
    }

    private static List<GeneralName> alternatives(@CheckForNull Extensions extensions) {
        GeneralNames names =
                extensions == null ? null : GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName);
        return names == null ? List.of() : List.of(names.getNames());
    }

    private static boolean isDnsName(GeneralName name) {
        return name.getTagNo() == GeneralName.dNSName
                && DnsNames.isDnsName(DnsNames.normalize(((ASN1String) name.getName()).getString()));
    }

    private static String described(GeneralName name) {
        return switch (name.getTagNo()) {
            case GeneralName.dNSName -> "DNS '" + name.getName() + "'";
            case GeneralName.iPAddress -> "IP address " + address(ASN1OctetString.getInstance(name.getName()));
            case GeneralName.rfc822Name -> "e-mail address " + name.getName();
            case GeneralName.uniformResourceIdentifier -> "URI " + name.getName();
            case GeneralName.directoryName -> "directory name " + name.getName();
            default -> "name of kind " + name.getTagNo() + " (RFC 5280, 4.2.1.6)";
        };
    }

    private static String address(ASN1OctetString octets) {
        try {
            return InetAddress.getByAddress(octets.getOctets()).getHostAddress();
        } catch (UnknownHostException e) {
            return octets.toString();
        }
    }
}
