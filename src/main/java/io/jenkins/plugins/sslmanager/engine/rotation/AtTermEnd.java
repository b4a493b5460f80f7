package io.jenkins.plugins.sslmanager.engine.rotation;

/** What becomes of a certificate that is due when its paid term ends with it, so that a re-issue would not last longer. */
public enum AtTermEnd {

    /** Nothing: people are told that it has to be renewed. */
    TELL,

    /** It is renewed (CertificateRenew 400106), which is billed. */
    RENEW,

    /** It is re-issued all the same, within its term. */
    REISSUE
}
