package io.jenkins.plugins.sslmanager.orders;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import java.time.Duration;
import java.time.Instant;

/** A certificate that no job of this Jenkins rotates, as the service lists it. */
public final class UnrotatedRow {

    private final String account;
    private final Certificate listed;
    private final boolean onlyOfItsName;
    private final Instant now;

    /** @param listed with its number and name at least */
    UnrotatedRow(String account, Certificate listed, boolean onlyOfItsName, Instant now) {
        this.account = account;
        this.listed = listed;
        this.onlyOfItsName = onlyOfItsName;
        this.now = now;
    }

    public String getName() {
        return listed.name();
    }

    /** Returns the service's number of it. */
    public String getCertificateId() {
        return Long.toString(listed.id());
    }

    /** Empty where the list does not tell it. */
    public String getProduct() {
        return Util.fixNull(listed.product());
    }

    @CheckForNull
    Instant expire() {
        return listed.expire() == null ? null : listed.expire().toInstant();
    }

    boolean hasExpired() {
        Instant end = expire();
        return end != null && !end.isAfter(now);
    }

    /** ISO 8601, UTC, the day alone; null where the list does not tell it. */
    @CheckForNull
    public String getUntilDate() {
        Instant end = expire();
        return end == null ? null : end.toString().substring(0, "2026-12-31".length());
    }

    /** Whole days; null where the list does not tell its end. */
    @CheckForNull
    public Long getDaysLeft() {
        Instant end = expire();
        return end == null ? null : Duration.between(now, end).toDays();
    }

    /** A line for a Pipeline. */
    public String getSnippet() {
        String certificate = onlyOfItsName ? getName() : getCertificateId();
        return "sslRotateCertificate account: " + quoted(account) + ", certificates: " + quoted(certificate)
                + ", storeAs: '{name}'";
    }

    /** As Groovy reads it. What the service calls a certificate is for nobody to run. */
    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
