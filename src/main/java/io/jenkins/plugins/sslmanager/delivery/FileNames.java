package io.jenkins.plugins.sslmanager.delivery;

import hudson.AbortException;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import java.security.cert.X509Certificate;
import java.util.regex.Pattern;

/** How files are named after their certificate. */
final class FileNames {

    static final String DEFAULT = "{file}";

    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

    private FileNames() {}

    /**
     * Fills a pattern: {@code {name}} is the certificate's name ({@code *.} as {@code wildcard.}), {@code {serial}} its serial
     * number, {@code {file}} the usual name such as {@code leaf.pem}.
     *
     * @throws AbortException if that gives no file name, or leaves out {@code {file}}, by which the files differ
     */
    static String of(String pattern, OutputFormat format, String certificateName, X509Certificate leaf)
            throws AbortException {
        if (!pattern.contains(DEFAULT)) {
            throw new AbortException("fileNames: '" + pattern
                    + "' lacks {file}, so that all files would have the same name. Write for example {name}-{file}");
        }
        String name = NamePattern.fill(pattern, certificateName)
                .replace("{serial}", Certificates.serialNumber(leaf))
                .replace(DEFAULT, format.file());
        if (!SAFE.matcher(name).matches()) {
            throw new AbortException(
                    "fileNames: '" + pattern + "' gives '" + name
                            + "', which is not a plain file name. Use letters, digits, dots and dashes, and 'dir' for the folder");
        }
        return name;
    }
}
