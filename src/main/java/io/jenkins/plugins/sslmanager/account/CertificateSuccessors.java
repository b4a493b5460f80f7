package io.jenkins.plugins.sslmanager.account;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Which certificate came in the place of which, where a re-issue has given it another id: a job goes on with the one that it is
 * configured with.
 */
@Extension
public final class CertificateSuccessors {

    private static final Logger LOGGER = Logger.getLogger(CertificateSuccessors.class.getName());

    private final XmlFile file =
            new XmlFile(new File(new File(Jenkins.get().getRootDir(), "ssl-manager"), "successors.xml"));
    private final Map<String, Long> successors = new TreeMap<>();

    public CertificateSuccessors() {
        if (file.exists()) {
            try {
                ((Map<?, ?>) file.read()).forEach((key, id) -> successors.put((String) key, (Long) id));
            } catch (IOException e) {
                LOGGER.log(
                        Level.WARNING,
                        e,
                        () -> file + " cannot be read. Certificates are found by the ids that jobs give");
            }
        }
    }

    public static CertificateSuccessors get() {
        return ExtensionList.lookupSingleton(CertificateSuccessors.class);
    }

    /** The id that a certificate has now; the same if it never changed. */
    public synchronized long current(URI service, long certificateId) {
        Set<Long> seen = new HashSet<>();
        long id = certificateId;
        for (Long next = id; next != null && seen.add(next); next = successors.get(key(service, id))) {
            id = next;
        }
        return id;
    }

    /** @throws IOException if it cannot be kept */
    public synchronized void record(URI service, long certificateId, long successor) throws IOException {
        if (certificateId != successor) {
            successors.put(key(service, certificateId), successor);
            file.write(successors);
        }
    }

    private static String key(URI service, long certificateId) {
        return service + " " + certificateId;
    }
}
