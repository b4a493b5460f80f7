package io.jenkins.plugins.sslmanager.certificates;

import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** X.500 names as X.509 certificates have them (RFC 2253). */
final class DistinguishedName {

    private DistinguishedName() {}

    /** Returns all of the name where there is no common name in it. */
    static String commonName(String name) {
        try {
            return new LdapName(name)
                    .getRdns().stream()
                            .filter(part -> part.getType().equalsIgnoreCase("CN"))
                            .map(Rdn::getValue)
                            .map(String::valueOf)
                            .findFirst()
                            .orElse(name);
        } catch (InvalidNameException e) {
            return name;
        }
    }
}
