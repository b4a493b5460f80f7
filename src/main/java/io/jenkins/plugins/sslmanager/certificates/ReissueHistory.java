package io.jenkins.plugins.sslmanager.certificates;

import io.jenkins.plugins.sslmanager.certificates.CertificateRecord.Issue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A picture of a certificate's re-issues: the times in which one after the other was in use, from a year ago to a year ahead.
 * Measured in the picture's units.
 */
public final class ReissueHistory {

    private static final int WIDTH = 240;
    private static final Duration YEAR = Duration.ofDays(365);

    private final CertificateRecord record;
    private final Instant now;

    ReissueHistory(CertificateRecord record, Instant now) {
        this.record = record;
        this.now = now;
    }

    public int getWidth() {
        return WIDTH;
    }

    /** Tells where today is. */
    public int getToday() {
        return x(now);
    }

    /** Returns the spans, newest first. */
    public List<Span> getSpans() {
        List<Span> spans = new ArrayList<>();
        Instant replaced = Instant.MAX;
        for (Issue issue : record.issues()) {
            Instant end = issue.notAfter().isBefore(replaced) ? issue.notAfter() : replaced;
            if (end.isAfter(now.minus(YEAR))) {
                spans.add(new Span(issue.notBefore(), end));
            }
            replaced = issue.notBefore();
        }
        return spans;
    }

    /** In words, for those who do not see the picture. */
    public String getDescription() {
        return getSpans().stream().map(Span::getText).collect(Collectors.joining("; "));
    }

    private int x(Instant instant) {
        long fromTheLeft = Duration.between(now.minus(YEAR), instant).toSeconds();
        return (int) Math.max(
                0, Math.min(WIDTH, fromTheLeft * WIDTH / YEAR.multipliedBy(2).toSeconds()));
    }

    /** From when a certificate was valid to when the next one was, or to its own end. */
    public final class Span {

        private final Instant begin;
        private final Instant end;

        Span(Instant begin, Instant end) {
            this.begin = begin;
            this.end = end;
        }

        public int getX() {
            return x(begin);
        }

        /** So that there is something to see, and a gap to the next one. */
        public int getWidth() {
            return Math.max(1, x(end) - x(begin) - 1);
        }

        public String getText() {
            return Dates.day(begin) + " – " + Dates.day(end);
        }
    }
}
