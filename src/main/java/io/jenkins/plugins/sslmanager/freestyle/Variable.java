package io.jenkins.plugins.sslmanager.freestyle;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Map;
import java.util.regex.Pattern;

/** What one step of a freestyle build hands to later ones, by an environment variable. All are public. */
enum Variable {
    SSL_CERTIFICATE_ID("certificateId"),
    SSL_CERTIFICATE_NAME(Harmless.NAME, "name"),
    SSL_CERTIFICATE_DUE("due"),
    SSL_CERTIFICATE_RENEWAL_NEEDED("renewalNeeded"),
    SSL_CSR_FILE("csrFile"),
    SSL_KEY_FILE("keyFile"),
    SSL_DNS_RECORD(Harmless.RECORD, "authentication", "DNS", "dns"),
    SSL_FILE_NAME(Harmless.FILE_NAME, "authentication", "FILE", "fileName"),
    SSL_FILE_CONTENT(Harmless.FILE_CONTENT, "authentication", "FILE", "fileContent"),
    SSL_JOB_ID("jobId"),
    SSL_ROTATED("rotated"),
    SSL_PREVIOUS_SERIAL_NUMBER(Harmless.WORD, "previousSerialNumber"),
    SSL_CLIENT_TRANSACTION_ID(Harmless.WORD, "clientTransactionId"),
    SSL_CREDENTIALS_ID("credentialsId"),
    SSL_SERVED("served");

    /**
     * What the service may have put into a variable. Programs put variables into scripts, on Windows even before these are
     * read, so there is nothing that a shell acts upon, and no path that leads elsewhere.
     */
    private static final class Harmless {

        static final Pattern ANYTHING = Pattern.compile(".*+", Pattern.DOTALL);
        static final Pattern WORD = Pattern.compile("[A-Za-z0-9:_-]*+");
        static final Pattern NAME = Pattern.compile("(?:\\*\\.)?[\\p{L}\\p{M}\\p{N}][\\p{L}\\p{M}\\p{N}._-]*+");
        static final Pattern RECORD = Pattern.compile("[A-Za-z0-9_*][A-Za-z0-9 \\t\"._=+/:*-]*+");
        static final Pattern FILE_NAME = Pattern.compile("(?!.*\\.\\.)(?:https?://)?[A-Za-z0-9._/][A-Za-z0-9._/*:-]*+");
        static final Pattern FILE_CONTENT = Pattern.compile("[A-Za-z0-9 .,_=+/:\\r\\n-]*+");
    }

    private final Pattern harmless;
    private final String[] path;

    Variable(String... path) {
        this(Harmless.ANYTHING, path);
    }

    /** @param harmless what its values look like that come from the service */
    Variable(Pattern harmless, String... path) {
        this.harmless = harmless;
        this.path = path;
    }

    boolean takes(String value) {
        return harmless.matcher(value).matches();
    }

    /** The name of a step's parameter that takes it. */
    String parameter() {
        return path[path.length - 1];
    }

    /**
     * Finds it in what a step has returned.
     *
     * @return null if it is not there
     */
    @CheckForNull
    String findIn(Map<?, ?> result) {
        Object found = result;
        for (String key : path) {
            found = found instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return found == null ? null : found.toString();
    }
}
