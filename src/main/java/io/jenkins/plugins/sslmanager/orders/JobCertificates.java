package io.jenkins.plugins.sslmanager.orders;

import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.certificates.KnownCertificates;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.rotation.CertificateKnowledge;
import io.jenkins.plugins.sslmanager.engine.rotation.CertificateReference;
import io.jenkins.plugins.sslmanager.engine.rotation.NamedCertificates;
import java.util.Collection;
import java.util.stream.Stream;

/**
 * What this controller knows of certificates that a job names: its open orders, and what builds have seen. A certificate that the
 * job may not get is told by nothing.
 */
public final class JobCertificates implements CertificateKnowledge {

    private final AccountAccess access;

    private JobCertificates(AccountAccess access) {
        this.access = access;
    }

    /** @param access of the job */
    public static NamedCertificates of(AccountAccess access) {
        return new NamedCertificates(access.api(), new JobCertificates(access));
    }

    @Override
    public Collection<Long> numbersOf(String name) {
        CertificateReference wanted = new CertificateReference(name, 0);
        Stream<Long> ordered = Orders.get().book().openOrders().stream()
                .filter(order ->
                        order.certificate().system().equals(access.system()) && wanted.fits(order.certificateName()))
                .map(Order::certificateIdNow);
        return Stream.concat(ordered, KnownCertificates.numbersOf(access.system(), wanted))
                .distinct()
                .toList();
    }

    @Override
    public long current(long number) {
        return Orders.get()
                .book()
                .current(new CertificateId(access.system(), number))
                .number();
    }

    @Override
    public boolean isReadable(String name, long number) {
        return access.ofJob().mayRead(name, number);
    }

    /** Administrators see it, since whoever asks is told the same as of a name that there is not. */
    @Override
    public void refused(String name, long number) {
        access.ofJob().tellRefused(name, number);
    }
}
