package io.jenkins.plugins.sslmanager.engine.orders;

/** What an order asks of the service. */
public enum OrderTask {

    /** CertificateReissue (400102): a new certificate within the paid term. */
    REISSUE,

    /** CertificateRenew (400106): a new certificate with a further term, which is billed. */
    RENEW
}
