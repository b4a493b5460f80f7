// Run by bin/pictures: a list as long as some have it, of every state.
import io.jenkins.plugins.sslmanager.certificates.CertificateRecord
import io.jenkins.plugins.sslmanager.certificates.CertificateRecords
import io.jenkins.plugins.sslmanager.delivery.CertificateFacts
import java.time.Duration
import java.time.Instant

def now = Instant.now()
def lifetime = Duration.ofDays(199)
(1..330).each { number ->
    def daysLeft = number % 80 == 0 ? -number.intdiv(16) : 12 + (number * 37) % 180
    def end = now + Duration.ofDays(daysLeft)
    // Some have names in which a browser breaks no line.
    def name = number % 110 == 0
        ? "customerportalandselfservice${number}.internationalheadquarters.productionenvironment.example.org".toString()
        : "service-${String.format('%03d', number)}.example.org".toString()
    def facts = new CertificateFacts(
        'sandbox', 'sandbox', name, number % 7 == 0 ? [name, "www.$name".toString()] : [name], "CN=$name".toString(),
        'CN=Sandbox Issuing CA, O=Sandbox', String.format('%08X', 0x51A50000 + number), "AB:${String.format('%04X', number)}".toString(),
        end - lifetime, end, end - lifetime.dividedBy(3), number % 60 == 0 ? end : null, 'SSL123', "order-$number".toString(), 5000 + number, 0)
    def record = CertificateRecord.of(facts, 'rotate', 2, now)
    CertificateRecords.get().add(number % 90 == 0 ? record.failed('The certificate authority refused the order. Correct what the service names, then order again') : record)
}
