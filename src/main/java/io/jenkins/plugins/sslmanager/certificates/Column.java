package io.jenkins.plugins.sslmanager.certificates;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.Comparator.nullsFirst;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What a list of certificates can be sorted by. */
enum Column {
    NAME(comparing(CertificateRow::getName, String.CASE_INSENSITIVE_ORDER)),
    /** The worst first. */
    STATE(comparing(CertificateRow::getState).thenComparing(row -> row.facts().notAfter())),
    UNTIL(comparing(row -> row.facts().notAfter())),
    LEFT(comparingInt(CertificateRow::getPercentLeft)),
    DUE(comparing(row -> row.facts().dueAt())),
    BUILD(comparing(CertificateRow::getJob, nullsFirst(String.CASE_INSENSITIVE_ORDER))
            .thenComparing(CertificateRow::getBuild, nullsFirst(Comparator.naturalOrder()))),
    USE(comparingInt(row -> -row.getUnserved().size()));

    private final Comparator<CertificateRow> order;

    Column(Comparator<CertificateRow> order) {
        this.order = order;
    }

    /** Ties are broken by name. */
    Comparator<CertificateRow> order(boolean descending) {
        Comparator<CertificateRow> first = descending ? order.reversed() : order;
        return this == NAME ? first : first.thenComparing(NAME.order);
    }

    /** As it stands in an address. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Column> ofKey(@CheckForNull String key) {
        return Arrays.stream(values())
                .filter(column -> column.key().equals(key))
                .findFirst();
    }

    String title() {
        return switch (this) {
            case NAME -> Messages.Column_name();
            case UNTIL -> Messages.Column_until();
            case LEFT -> Messages.Column_left();
            case DUE -> Messages.Column_due();
            case BUILD -> Messages.Column_build();
            case USE -> Messages.Column_use();
            case STATE -> Messages.Column_state();
        };
    }
}
