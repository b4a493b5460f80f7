package io.jenkins.plugins.sslmanager.certificates;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A picture of when certificates expire: a bar for each week of the next twelve months, and one for those that have. A bar
 * leads to its certificates. Measured in the picture's units.
 */
public final class Timeline {

    private static final int WEEK_WIDTH = 20;
    private static final int EXPIRED_WIDTH = 70;
    private static final int GAP = 4;
    private static final int HEIGHT = 100;
    private static final int TOP = 20;
    private static final int FOOT = 24;
    private static final int SMALLEST_BAR = 4;
    private static final int MONTHS = 12;
    private static final int DAYS_A_WEEK = 7;

    private final CertificateQuery query;
    private final LocalDate today;
    private final Locale locale;
    private final List<Integer> counts;
    private final long expired;

    /** @param query what is asked for, whose search the bars keep */
    Timeline(CertificateQuery query, List<CertificateRow> certificates, LocalDate today, Locale locale) {
        this.query = query;
        this.today = today;
        this.locale = locale;
        int[] weeks = new int[week(today.plusMonths(MONTHS)) + 1];
        for (CertificateRow certificate : certificates) {
            LocalDate end =
                    certificate.facts().notAfter().atOffset(ZoneOffset.UTC).toLocalDate();
            if (!end.isBefore(today) && !end.isAfter(today.plusMonths(MONTHS))) {
                weeks[week(end)]++;
            }
        }
        counts = IntStream.of(weeks).boxed().toList();
        expired = certificates.stream()
                .filter(certificate -> certificate.getState() == CertificateState.EXPIRED)
                .count();
    }

    private int week(LocalDate day) {
        return (int) (ChronoUnit.DAYS.between(today, day) / DAYS_A_WEEK);
    }

    public int getWidth() {
        return getFirstWeek() + counts.size() * WEEK_WIDTH;
    }

    public int getHeight() {
        return TOP + HEIGHT + FOOT;
    }

    /** Where the weeks begin, right of those that have expired. */
    public int getFirstWeek() {
        return expired == 0 ? 0 : EXPIRED_WIDTH;
    }

    /** How many have expired; they stand left of the weeks. */
    public long getExpired() {
        return expired;
    }

    public int getExpiredHeight() {
        return Math.max(SMALLEST_BAR, (int) (HEIGHT * Math.min(expired, most()) / most()));
    }

    public int getExpiredMiddle() {
        return EXPIRED_WIDTH / 2;
    }

    public String getExpiredLink() {
        return query.inWeek(null).inState(CertificateState.EXPIRED).toAddress();
    }

    public String getExpiredText() {
        return Messages.Timeline_expired(expired);
    }

    private int most() {
        return Math.max(1, counts.stream().mapToInt(Integer::intValue).max().orElse(1));
    }

    /** Where the bars stand. */
    public int getGround() {
        return TOP + HEIGHT;
    }

    public int getTotal() {
        return counts.stream().mapToInt(Integer::intValue).sum();
    }

    /** In words, for those who do not see the picture. */
    public String getDescription() {
        return Stream.concat(
                        expired == 0 ? Stream.empty() : Stream.of(getExpiredText()),
                        getBars().stream().map(Bar::getText))
                .collect(Collectors.joining("; "));
    }

    /** Returns the weeks in which certificates expire. */
    public List<Bar> getBars() {
        int most = most();
        return IntStream.range(0, counts.size())
                .filter(week -> counts.get(week) > 0)
                .mapToObj(week -> new Bar(week, counts.get(week), most))
                .toList();
    }

    /** Returns the months' beginnings. */
    public List<Month> getMonths() {
        List<Month> months = new ArrayList<>();
        for (LocalDate first = today.plusMonths(1).withDayOfMonth(1);
                !first.isAfter(today.plusMonths(MONTHS));
                first = first.plusMonths(1)) {
            months.add(new Month(first));
        }
        return months;
    }

    /** A week's certificates. */
    public final class Bar {

        private final int week;
        private final int count;
        private final int most;

        Bar(int week, int count, int most) {
            this.week = week;
            this.count = count;
            this.most = most;
        }

        public int getX() {
            return getFirstWeek() + week * WEEK_WIDTH + GAP / 2;
        }

        public int getY() {
            return getGround() - getBarHeight();
        }

        public int getBarWidth() {
            return WEEK_WIDTH - GAP;
        }

        public int getBarHeight() {
            return Math.max(SMALLEST_BAR, HEIGHT * count / most);
        }

        public int getMiddle() {
            return getFirstWeek() + week * WEEK_WIDTH + WEEK_WIDTH / 2;
        }

        public int getCount() {
            return count;
        }

        public String getText() {
            return Messages.Timeline_week(firstDay(), count);
        }

        /** Leads to these certificates alone. */
        public String getLink() {
            return query.inWeek(firstDay()).toAddress();
        }

        public boolean isChosen() {
            return firstDay().equals(query.week());
        }

        private LocalDate firstDay() {
            return today.plusDays((long) week * DAYS_A_WEEK);
        }
    }

    /** The line where a month begins. */
    public final class Month {

        private final LocalDate first;

        Month(LocalDate first) {
            this.first = first;
        }

        public int getX() {
            return getFirstWeek() + (int) (ChronoUnit.DAYS.between(today, first) * WEEK_WIDTH / DAYS_A_WEEK);
        }

        public String getLabel() {
            String name = first.getMonth().getDisplayName(TextStyle.SHORT_STANDALONE, locale);
            return first.getMonthValue() == 1 ? name + " " + first.getYear() : name;
        }
    }
}
