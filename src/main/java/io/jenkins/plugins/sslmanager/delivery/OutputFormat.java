package io.jenkins.plugins.sslmanager.delivery;

import hudson.AbortException;
import io.jenkins.plugins.sslmanager.engine.pki.UsualFileNames;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a build can get of a certificate. */
public enum OutputFormat {
    /** The certificate alone. */
    LEAF(UsualFileNames.LEAF),
    /** The intermediates, the leaf's issuer first. */
    CHAIN(UsualFileNames.CHAIN),
    /** Leaf and intermediates, as most web servers want them. */
    FULLCHAIN(UsualFileNames.FULLCHAIN),
    /** The authority's own certificate, where the service gives it. */
    ROOT(UsualFileNames.ROOT),
    /** Key, leaf and intermediates under a password (RFC 7292). */
    PKCS12("keystore.p12"),
    /** The same in the JDK's older form. */
    JKS("keystore.jks");

    private final String file;

    OutputFormat(String file) {
        this.file = file;
    }

    String file() {
        return file;
    }

    public boolean hasKey() {
        return this == PKCS12 || this == JKS;
    }

    /** Whether it is in PEM, with the certificate first. */
    boolean beginsWithLeaf() {
        return this == LEAF || this == FULLCHAIN;
    }

    /** As steps write it and return it: {@code fullchain}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @param list labels, separated by commas or white space
     * @throws AbortException if one is unknown or there is none
     */
    public static Set<OutputFormat> parse(String list) throws AbortException {
        Set<OutputFormat> formats = EnumSet.noneOf(OutputFormat.class);
        for (String label : list.trim().split("[,\\s]+")) {
            formats.add(Arrays.stream(values())
                    .filter(format -> format.label().equalsIgnoreCase(label))
                    .findFirst()
                    .orElseThrow(() -> new AbortException("Unknown format '" + label + "'. Use one or more of "
                            + Arrays.stream(values()).map(OutputFormat::label).collect(Collectors.joining(", ")))));
        }
        return formats;
    }
}
