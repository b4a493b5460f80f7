package io.jenkins.plugins.sslmanager.engine.pki;

import java.util.Locale;
import java.util.regex.Pattern;

/** DNS names as certificates carry them: ASCII, fully qualified, at most one wildcard as the whole leftmost label. */
final class DnsNames {

    private static final int MAX_LENGTH = 253;

    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

    /** The last label is never all digits: that would be an IP address. */
    private static final Pattern DNS_NAME =
            Pattern.compile("(?:\\*\\.)?(?:" + LABEL + "\\.)+(?![0-9]+$)" + LABEL, Pattern.CASE_INSENSITIVE);

    private DnsNames() {}

    static boolean isDnsName(String text) {
        return text.length() <= MAX_LENGTH && DNS_NAME.matcher(text).matches();
    }

    /** In lower case, without the dot of a fully qualified name, which no certificate has (RFC 5280, 4.2.1.6). */
    static String normalize(String name) {
        String lowerCase = name.strip().toLowerCase(Locale.ROOT);
        return lowerCase.endsWith(".") ? lowerCase.substring(0, lowerCase.length() - 1) : lowerCase;
    }

    /** Tells whether a name in a certificate stands for the other; its wildcard stands for one label (RFC 9525, 6.3). */
    static boolean covers(String presented, String wanted) {
        String name = normalize(presented);
        String looked = normalize(wanted);
        int firstDot = looked.indexOf('.');
        return name.equals(looked)
                || name.startsWith("*.") && firstDot > 0 && name.substring(1).equals(looked.substring(firstDot));
    }
}
