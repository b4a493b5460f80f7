// Run by bin/pictures in Jenkins' script console: orders as nights leave them, which no demo job can bring about in a minute. One
// is in doubt, one belongs to a job that was deleted. Gives the id of the first.
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId
import io.jenkins.plugins.sslmanager.engine.orders.Holder
import io.jenkins.plugins.sslmanager.engine.orders.OrderEntry
import io.jenkins.plugins.sslmanager.engine.orders.OrderReason
import io.jenkins.plugins.sslmanager.engine.orders.OrderTask
import io.jenkins.plugins.sslmanager.engine.orders.Owner
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest
import io.jenkins.plugins.sslmanager.engine.pki.KeyAlgorithm
import io.jenkins.plugins.sslmanager.orders.Orders

def book = Orders.get().book()
def sent = { long certificate, String name, String job ->
    def keys = KeyAlgorithm.EC_P256.generate()
    def draft = new OrderEntry(
        new CertificateId('sandbox', certificate), name, 'sandbox', CertificateSigningRequest.create(keys, name, []), keys.private, null, true, [name],
        OrderTask.REISSUE, null, OrderReason.RUNS_OUT, null)
    def order = book.begin(draft, 'jenkins-', new Owner(job, 'Started by timer'), new Holder(job, '#1', 'pictures'))
    book.advance(order) { it.sending() }
}

def inDoubt = sent(1014, 'answer-lost.example.com', 'rotate')
3.times { inDoubt = book.advance(inDoubt) { it.notSeen() } }
book.release(inDoubt.id(), inDoubt.holder())

def left = sent(1005, 'job-deferred.example.com', 'rotate-old')
left = book.advance(left) { it.accepted(9218099) }
book.release(left.id(), left.holder())
book.jobsMoved({ it == 'rotate-old' }, { null })

print inDoubt.id()
