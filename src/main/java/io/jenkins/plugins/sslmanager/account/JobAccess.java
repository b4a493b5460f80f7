package io.jenkins.plugins.sslmanager.account;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import io.jenkins.plugins.sslmanager.account.grants.Applicant;
import io.jenkins.plugins.sslmanager.account.grants.CertificateUse;
import io.jenkins.plugins.sslmanager.account.grants.Purpose;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateOrder;
import io.jenkins.plugins.sslmanager.engine.api.SslContact;
import io.jenkins.plugins.sslmanager.engine.api.SubjectAlternativeName;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateSigningRequest;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import io.jenkins.plugins.sslmanager.engine.pki.PkiException;
import io.jenkins.plugins.sslmanager.engine.rotation.CertificateNames;
import io.jenkins.plugins.sslmanager.engine.rotation.OrderChanges;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * What a job may do with an account. The one place where grants are enforced. They are read anew each time, so that one that is
 * taken away counts from then on, also for builds that wait. Who started the build, and as whom it runs, makes no difference.
 */
public final class JobAccess {

    private final Item job;
    private final String accountId;
    private final OrderFacts orders;

    JobAccess(Item job, String accountId, OrderFacts orders) {
        this.job = job;
        this.accountId = accountId;
        this.orders = orders;
    }

    /** @throws GrantRefusal if no row of the account is for this job */
    void requireAny() {
        if (!CountedRows.isUsable(account(), Applicant.of(job))) {
            throw refuse(null);
        }
    }

    /** @throws GrantRefusal if the job may not get this certificate */
    public void requireRead(Certificate certificate) {
        LongPredicate is = is(numberOf(certificate));
        OptionalLong ordered = orderedNumber(certificate);
        require(CertificateUse.plain(
                Purpose.READ,
                nameOf(certificate),
                numberOf(certificate),
                granted -> is.test(granted)
                        || ordered.isPresent() && is(ordered.getAsLong()).test(granted)));
    }

    /** Whether {@link #requireRead(Certificate)} lets the job have it. */
    boolean mayRead(Certificate certificate) {
        try {
            requireRead(certificate);
            return true;
        } catch (GrantRefusal | PkiException e) {
            return false;
        }
    }

    /** @throws GrantRefusal if the job may get no certificate with this name or number */
    public void requireRead(@CheckForNull String name, long certificateId) {
        require(read(name, certificateId));
    }

    /** Tells whether the job may get a certificate with this name or number. A no is told to nobody, see {@link #tellRefused}. */
    public boolean mayRead(@CheckForNull String name, long certificateId) {
        CertificateUse use = read(name, certificateId);
        return CountedRows.rows(account(), Applicant.of(job)).anyMatch(row -> row.allows(use));
    }

    /** Tells administrators, and nobody else, that the job wants a certificate that it may not get. */
    public void tellRefused(@CheckForNull String name, long certificateId) {
        Refusals.get().add(account(), Applicant.of(job), read(name, certificateId));
    }

    private CertificateUse read(@CheckForNull String name, long certificateId) {
        return CertificateUse.plain(
                Purpose.READ, Objects.requireNonNullElse(name, ""), certificateId, is(certificateId));
    }

    /** @throws GrantRefusal if the job may order nothing at all */
    public void requireAnyOrder() {
        SslManagerAccount account = account();
        Applicant applicant = Applicant.of(job);
        boolean may = CountedRows.rows(account, applicant)
                .anyMatch(row -> row.getAllows().compareTo(Purpose.ORDER) >= 0);
        if (!may) {
            throw refuse(null);
        }
    }

    /**
     * Before there is a CSR.
     *
     * @param names that the order adds, separated by commas or white space; null for none
     * @throws GrantRefusal if the job may not order this certificate so
     */
    public void requireOrder(Certificate existing, @CheckForNull String names, OrderChanges changes, boolean otherCsr) {
        require(Purpose.ORDER, existing, names, changes, otherCsr);
    }

    /**
     * The same for a renewal.
     *
     * @return how many the account orders in 30 days
     * @throws GrantRefusal if the job may not renew this certificate so
     */
    public int requireRenewal(Certificate existing, @CheckForNull String names, OrderChanges changes) {
        require(Purpose.RENEW, existing, names, changes, false);
        return account().getRenewalLimit();
    }

    private void require(
            Purpose purpose, Certificate existing, @CheckForNull String names, OrderChanges changes, boolean otherCsr) {
        Set<String> present = namesOf(existing);
        require(new CertificateUse(
                purpose,
                nameOf(existing),
                numberOf(existing),
                is(numberOf(existing)),
                CertificateNames.of(existing, names).stream()
                        .filter(name -> !present.contains(name))
                        .toList(),
                changes.removedNames() != null,
                isOther(changes.adminContact(), id(existing.adminContact()))
                        || isOther(changes.technicalContact(), id(existing.technicalContact())),
                isOther(changes.product(), existing.product())
                        || isOther(changes.software(), existing.software())
                        || changes.lifetimeMonths() != null,
                otherCsr));
    }

    /**
     * When the order is about to be sent.
     *
     * @param purpose ORDER for a re-issue, RENEW for a renewal
     * @throws GrantRefusal if the job may not send it
     */
    void requireOrder(Purpose purpose, Certificate existing, CertificateOrder order) {
        CertificateSigningRequest csr = CertificateSigningRequest.parse(order.csr());
        Set<String> present = namesOf(existing);
        Set<String> ordered = namesOf(order, csr);
        require(new CertificateUse(
                purpose,
                nameOf(existing),
                numberOf(existing),
                is(numberOf(existing)),
                ordered.stream().filter(name -> !present.contains(name)).toList(),
                !ordered.containsAll(present),
                !Objects.equals(id(order.adminContact()), id(existing.adminContact()))
                        || !Objects.equals(id(order.technicalContact()), id(existing.technicalContact())),
                !Objects.equals(order.product(), existing.product())
                        || !Objects.equals(order.software(), existing.software())
                        || !Objects.equals(order.lifetime(), existing.lifetime()),
                !orders.hasKeyOf(csr.publicKeySha256(), job.getFullName())));
    }

    /** What the job has ordered may have a number that the order book learns when it has seen the certificate. */
    private OptionalLong orderedNumber(Certificate certificate) {
        return sent(certificate).stream()
                .map(each -> orders.orderedNumber(Certificates.publicKeySha256(each), job.getFullName()))
                .filter(OptionalLong::isPresent)
                .findFirst()
                .orElse(OptionalLong.empty());
    }

    /** The service may send those above it in the same field, in any order, or nothing that can be read. */
    private static List<X509Certificate> sent(Certificate certificate) {
        try {
            return certificate.server() == null ? List.of() : Pem.certificates(certificate.server());
        } catch (PkiException e) {
            return List.of();
        }
    }

    private void require(CertificateUse use) {
        if (CountedRows.rows(account(), Applicant.of(job)).noneMatch(row -> row.allows(use))) {
            throw refuse(use);
        }
    }

    private GrantRefusal refuse(@CheckForNull CertificateUse use) {
        SslManagerAccount account = account();
        Applicant applicant = Applicant.of(job);
        Refusals.get().add(account, applicant, use);
        return new GrantRefusal(MissingGrant.forAuthors(account, applicant, use));
    }

    private SslManagerAccount account() {
        return SslManagerConfiguration.get().withId(accountId);
    }

    /** Of a certificate by a number that the grant has, which may be from before a re-issue. */
    private LongPredicate is(long number) {
        return granted -> granted == number
                || orders.currentNumber(account().serviceAddress().system(), granted) == number;
    }

    private static String nameOf(Certificate certificate) {
        return Objects.requireNonNullElse(certificate.name(), "");
    }

    private static long numberOf(Certificate certificate) {
        return certificate.id() == null ? 0 : certificate.id();
    }

    private static Set<String> namesOf(Certificate certificate) {
        return Set.copyOf(CertificateNames.of(certificate, null));
    }

    /** What the order names, by its CSR or beside it. */
    private static Set<String> namesOf(CertificateOrder order, CertificateSigningRequest csr) {
        List<String> names = new ArrayList<>(csr.dnsNames());
        names.add(order.name());
        List<SubjectAlternativeName> further = order.subjectAlternativeNames();
        if (further != null) {
            further.forEach(alternative -> names.add(alternative.name()));
        }
        return CertificateNames.set(names);
    }

    private static boolean isOther(@CheckForNull Object wanted, @CheckForNull Object present) {
        return wanted != null && !wanted.equals(present);
    }

    @CheckForNull
    private static Long id(@CheckForNull SslContact contact) {
        return contact == null ? null : contact.id();
    }
}
