package io.jenkins.plugins.sslmanager.freestyle;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.HarmlessText;
import java.util.Map;

/** What one step of a freestyle build hands to later ones, by an environment variable. All are public. */
enum Variable {
    SSL_CERTIFICATE_ID("certificateId"),
    SSL_CERTIFICATE_NAME(HarmlessText.NAME, "name"),
    SSL_CERTIFICATE_DUE("due"),
    SSL_CERTIFICATE_RENEWAL_NEEDED("renewalNeeded"),
    SSL_CSR_FILE("csrFile"),
    SSL_KEY_FILE("keyFile"),
    SSL_DNS_RECORD(HarmlessText.RECORD, "authentication", "DNS", "dns"),
    SSL_FILE_NAME(HarmlessText.FILE_NAME, "authentication", "FILE", "fileName"),
    SSL_FILE_CONTENT(HarmlessText.FILE_CONTENT, "authentication", "FILE", "fileContent"),
    SSL_JOB_ID("jobId"),
    SSL_ROTATED("rotated"),
    SSL_PREVIOUS_SERIAL_NUMBER(HarmlessText.WORD, "previousSerialNumber"),
    SSL_CLIENT_TRANSACTION_ID(HarmlessText.WORD, "clientTransactionId"),
    SSL_CREDENTIALS_ID("credentialsId"),
    SSL_SERVED("served");

    @CheckForNull
    private final HarmlessText fromService;

    private final String[] path;

    Variable(String... path) {
        this(null, path);
    }

    /** @param fromService what its values look like that come from the service; null where none does */
    Variable(@CheckForNull HarmlessText fromService, String... path) {
        this.fromService = fromService;
        this.path = path;
    }

    boolean takes(String value) {
        return fromService == null || fromService.fits(value);
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
