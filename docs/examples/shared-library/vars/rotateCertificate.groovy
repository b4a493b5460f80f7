/**
 * What is the same for all certificates of a house: when they are due, where they are stored, how often deploying is tried.
 *
 * @param options any parameters of sslRotateCertificate, in the place of these
 * @param deploy what brings the new certificate into use; gets what sslRotateCertificate returns
 */
def call(Map options = [:], long certificateId, Closure deploy) {
    def usual = [certificateId: certificateId, due: '33%', storeAs: '{name}']
    def certificate = sslRotateCertificate(usual + options)
    if (certificate.rotated) {
        retry(3) {
            deploy(certificate)
        }
    }
    return certificate
}
