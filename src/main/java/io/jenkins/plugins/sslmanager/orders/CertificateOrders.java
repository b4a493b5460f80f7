package io.jenkins.plugins.sslmanager.orders;

import hudson.Extension;
import io.jenkins.plugins.sslmanager.certificates.CertificateRow;
import io.jenkins.plugins.sslmanager.certificates.CertificateSection;
import io.jenkins.plugins.sslmanager.certificates.JobLink;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The orders of a certificate on its page: those of jobs that the viewer may see. */
public final class CertificateOrders implements CertificateSection {

    private static final int ENDED_SHOWN = 10;
    private static final int ENDED_READ = 1000;

    private final List<Order> orders;

    private CertificateOrders(List<Order> orders) {
        this.orders = orders;
    }

    @Override
    public String getUrlName() {
        return "orders";
    }

    public List<OrderRow> getOpen() {
        return rows(true);
    }

    /** The latest ones. */
    public List<OrderRow> getEnded() {
        return rows(false);
    }

    private List<OrderRow> rows(boolean open) {
        return orders.stream()
                .filter(order -> order.stage().isOpen() == open)
                .map(OrderRow::new)
                .toList();
    }

    /** Of each certificate that has any. */
    @Extension
    public static final class FactoryImpl implements Factory {

        @Override
        public Optional<CertificateOrders> of(CertificateRow row) {
            Set<String> jobs = row.getJobs().stream().map(JobLink::getFullName).collect(Collectors.toSet());
            Predicate<Order> isShown = order -> jobs.contains(order.owner().job()) && isNow(row, order.certificate());
            List<Order> orders = Stream.concat(
                            BookState.open().stream().filter(isShown),
                            BookState.ended(ENDED_READ).stream().filter(isShown).limit(ENDED_SHOWN))
                    .toList();
            return orders.isEmpty() ? Optional.empty() : Optional.of(new CertificateOrders(orders));
        }

        /** An order that was for the certificate under a former number is one of its orders, too. */
        private static boolean isNow(CertificateRow row, CertificateId ordered) {
            CertificateId now = Orders.get().book().current(ordered);
            return row.isOf(now.system(), now.number());
        }
    }
}
