package io.jenkins.plugins.sslmanager.delivery;

/** Scripts that re-issue a certificate with a new key and hand the result on. */
public final class ReissueScript {

    private ReissueScript() {}

    /** @param options of sslCertificateInfo, beginning with a comma */
    public static String script(String node, long certificateId, String options) {
        return """
                node('%1$s') {
                  def request = sslGenerateCsr certificate: %2$d, keyAlgorithm: 'EC_P256'
                  def order = sslReissue certificate: %2$d, csr: request.csr
                  def ended = sslAwaitNotification jobId: order.jobId
                  def issued = sslCertificateInfo certificate: ended.certificateId, csr: request.csr,
                      previousSerialNumber: order.previousSerialNumber, keyFile: 'key.pem'%3$s
                  echo "credential ${issued.credentialsId} of ${issued.serialNumber}"
                }
                """.formatted(node, certificateId, options);
    }
}
