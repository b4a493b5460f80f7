/**
 * What is the same for all certificates of a house: when they are due, where they are stored, how often deploying is tried.
 *
 * @param name of the certificate, or its number
 * @param options any parameters of sslRotateCertificate, in the place of these
 * @param deploy what brings the new certificate into use; gets what sslRotateCertificate tells of it
 */
def call(Map options = [:], Object name, Closure deploy) {
    def usual = [certificates: name, due: '33%', storeAs: '{name}']
    def certificate = sslRotateCertificate(usual + options).certificates[0]
    if (certificate.rotated) {
        retry(3) {
            deploy(certificate)
        }
    }
    return certificate
}
