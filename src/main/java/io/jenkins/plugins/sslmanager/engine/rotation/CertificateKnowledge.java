package io.jenkins.plugins.sslmanager.engine.rotation;

import java.util.Collection;

/** What is known of certificates before the service is asked, and which of them may be told of. */
public interface CertificateKnowledge {

    /** Numbers that a certificate of this name has or had. */
    Collection<Long> numbersOf(String name);

    /** The number that a certificate has now, after all re-issues that gave it another. */
    long current(long number);

    /** Whether whoever asks may know of this certificate. */
    boolean isReadable(String name, long number);

    /** Is told where a name means this certificate and none that whoever asks may know of. */
    void refused(String name, long number);
}
