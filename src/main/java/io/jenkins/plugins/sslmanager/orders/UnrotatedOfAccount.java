package io.jenkins.plugins.sslmanager.orders;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.account.SslManagerAccount;
import io.jenkins.plugins.sslmanager.certificates.KnownCertificates;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.failure.ExpectedFailure;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.OrderBook;
import io.jenkins.plugins.sslmanager.engine.rotation.SharedCertificateList;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The certificates of an account that no job of this Jenkins rotates, for administrators. */
public final class UnrotatedOfAccount {

    /** The service is not asked again for so long, unless that failed. */
    static final Duration FRESH = Duration.ofHours(1);

    private static final int SHOWN = 100;

    private final SslManagerAccount account;
    private final SharedCertificateList.State state;
    private final Instant now;

    @CheckForNull
    private final String problem;

    private final List<UnrotatedRow> rows;

    /** @param problem why nothing can be told; null if something can */
    private UnrotatedOfAccount(
            SslManagerAccount account,
            SharedCertificateList.State state,
            @CheckForNull String problem,
            List<UnrotatedRow> rows,
            Instant now) {
        this.account = account;
        this.state = state;
        this.problem = problem;
        this.rows = rows;
        this.now = now;
    }

    static UnrotatedOfAccount of(SslManagerAccount account, Instant now) {
        try {
            AccountAccess access = AccountAccess.ofAdministrator(account.getId());
            SharedCertificateList list = ListedCertificates.of(access).list();
            return new UnrotatedOfAccount(account, list.state(), null, rows(access, list.known(), now), now);
        } catch (IllegalArgumentException | ExpectedFailure e) {
            return new UnrotatedOfAccount(account, SharedCertificateList.State.NEVER, e.getMessage(), List.of(), now);
        }
    }

    private static List<UnrotatedRow> rows(AccountAccess access, List<Certificate> listed, Instant now) {
        String system = access.system();
        OrderBook book = Orders.get().book();
        Stream<Long> ordered = book.openOrders().stream()
                .filter(order -> order.certificate().system().equals(system)
                        && order.owner().job() != null)
                .map(Order::certificateIdNow);
        Set<CertificateId> rotated = Stream.concat(ordered, KnownCertificates.rotatedNumbers(system))
                .map(number -> book.current(new CertificateId(system, number)))
                .collect(Collectors.toSet());
        Map<String, Long> namesakes = listed.stream()
                .filter(row -> row.name() != null)
                .collect(Collectors.groupingBy(Certificate::name, Collectors.counting()));
        return listed.stream()
                .filter(row ->
                        row.name() != null && !rotated.contains(book.current(new CertificateId(system, row.id()))))
                .map(row -> new UnrotatedRow(access.account().getName(), row, namesakes.get(row.name()) == 1, now))
                .sorted(Comparator.comparing(UnrotatedRow::expire, Comparator.nullsLast(Comparator.naturalOrder()))
                        .thenComparing(UnrotatedRow::getName))
                .toList();
    }

    public String getName() {
        return account.getName();
    }

    @CheckForNull
    public String getId() {
        return account.getId();
    }

    /** When the service was asked last, to the second, ISO 8601, UTC; null if nobody has since Jenkins started. */
    @CheckForNull
    public String getLookedUp() {
        Instant begun = state.begun();
        return begun == null ? null : toTheSecond(begun);
    }

    public boolean isUnderWay() {
        return state.isUnderWay();
    }

    /** Why there is nothing to show; null if nothing has failed. */
    @CheckForNull
    public String getProblem() {
        Throwable failure = state.failure();
        return problem != null || failure == null ? problem : failure.getMessage();
    }

    /** From when on the service can be asked again, as {@link #getLookedUp}; null for now. */
    @CheckForNull
    public String getAgainFrom() {
        Instant begun = state.begun();
        if (begun == null || state.failure() != null) {
            return null;
        }
        Instant again = begun.plus(FRESH);
        return now.isBefore(again) ? toTheSecond(again) : null;
    }

    private static String toTheSecond(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private Stream<UnrotatedRow> usable() {
        return rows.stream().filter(row -> !row.hasExpired());
    }

    /** Those that expire first; not those that have expired. */
    public List<UnrotatedRow> getRows() {
        return usable().limit(SHOWN).toList();
    }

    /** Tells how many there are besides. */
    public long getFurther() {
        return Math.max(0, usable().count() - SHOWN);
    }

    public long getExpired() {
        return rows.size() - usable().count();
    }
}
