package io.jenkins.plugins.sslmanager.delivery;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.account.AccountAccess;
import io.jenkins.plugins.sslmanager.account.ServiceAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What became of one certificate in one build, or how far it is: a row on the build's page. */
@ExportedBean
public final class CertificateOutcome {

    /** Those that need somebody first. */
    public enum Kind {
        FAILED("symbol-close-circle"),
        RENEWAL_NEEDED("symbol-shopping-bag"),
        /** The certificate is there, and its key is nowhere in Jenkins. */
        KEY_MISSING("symbol-warning"),
        /** Due, and the last order has won too little to be repeated yet. */
        NOTHING_TO_WIN("symbol-warning"),
        WAITING("symbol-hourglass"),
        /** Another build re-issues it. */
        UNDER_WAY("symbol-hourglass"),
        REISSUED("symbol-status-blue"),
        /** The new certificate has a further term, which is billed. */
        RENEWED("symbol-status-blue"),
        DELIVERED("symbol-status-blue"),
        NOT_DUE("symbol-check"),
        DRY_RUN("symbol-flask");

        private final String icon;

        Kind(String icon) {
            this.icon = icon;
        }

        public String getIcon() {
            return icon;
        }

        /** Whether the job has the certificate rotated when it is due; not where a build has only looked, or may only have. */
        public boolean isOfRotation() {
            return switch (this) {
                case FAILED, KEY_MISSING, NOTHING_TO_WIN, UNDER_WAY, REISSUED, RENEWED, NOT_DUE -> true;
                case RENEWAL_NEEDED, WAITING, DELIVERED, DRY_RUN -> false;
            };
        }

        /** In the names of styles. */
        public String getKey() {
            return name().toLowerCase(Locale.ROOT);
        }

        public String getDisplayName() {
            return switch (this) {
                case FAILED -> Messages.CertificateOutcome_failed();
                case RENEWAL_NEEDED -> Messages.CertificateOutcome_renewalNeeded();
                case KEY_MISSING -> Messages.CertificateOutcome_keyMissing();
                case NOTHING_TO_WIN -> Messages.CertificateOutcome_nothingToWin();
                case WAITING -> Messages.CertificateOutcome_waiting();
                case UNDER_WAY -> Messages.CertificateOutcome_underWay();
                case REISSUED -> Messages.CertificateOutcome_reissued();
                case RENEWED -> Messages.CertificateOutcome_renewed();
                case DELIVERED -> Messages.CertificateOutcome_delivered();
                case NOT_DUE -> Messages.CertificateOutcome_notDue();
                case DRY_RUN -> Messages.CertificateOutcome_dryRun();
            };
        }
    }

    private final String system;
    private final long certificateId;

    @CheckForNull
    private final String name;

    private final Kind kind;

    @CheckForNull
    private final String told;

    @CheckForNull
    private final CertificateOfBuild certificate;

    @CheckForNull
    private final String credentialsId;

    private final long since;
    private final long until;

    private CertificateOutcome(
            String system,
            long certificateId,
            @CheckForNull String name,
            Kind kind,
            @CheckForNull String told,
            @CheckForNull CertificateOfBuild certificate,
            @CheckForNull String credentialsId,
            @CheckForNull Instant since,
            @CheckForNull Instant until) {
        this.system = system;
        this.certificateId = certificateId;
        this.name = name;
        this.kind = kind;
        this.told = told;
        this.certificate = certificate;
        this.credentialsId = credentialsId;
        this.since = since == null ? 0 : since.toEpochMilli();
        this.until = until == null ? 0 : until.toEpochMilli();
    }

    /** @param credentialsId where it was stored; null for nowhere */
    public static CertificateOutcome of(
            long certificateId, Kind kind, CertificateOfBuild certificate, @CheckForNull String credentialsId) {
        return new CertificateOutcome(
                ServiceAddress.systemOf(certificate.facts().service()),
                certificateId,
                certificate.getName(),
                kind,
                null,
                certificate,
                credentialsId,
                null,
                null);
    }

    /**
     * @param system see {@link AccountAccess#system}
     * @param name null where neither the service nor an order has told it
     * @param reason why, and what to do
     * @param certificate as it still is; null where the service was not asked, or not reached
     */
    public static CertificateOutcome failed(
            String system,
            long certificateId,
            @CheckForNull String name,
            String reason,
            @CheckForNull CertificateOfBuild certificate) {
        return new CertificateOutcome(
                system, certificateId, name, Kind.FAILED, reason, certificate, null, Instant.now(), null);
    }

    /**
     * @param system see {@link AccountAccess#system}
     * @param state what the service tells of the job; null before it tells anything
     * @param until the time limit
     */
    public static CertificateOutcome waiting(
            String system, long certificateId, String name, @CheckForNull String state, Instant since, Instant until) {
        return new CertificateOutcome(system, certificateId, name, Kind.WAITING, state, null, null, since, until);
    }

    /** Which SSL Manager the certificate is at; see {@link AccountAccess#system}. */
    public String system() {
        return system;
    }

    /** The number that the step was given. */
    @Exported
    public long getCertificateId() {
        return certificateId;
    }

    /** The number where the name is not known. */
    @Exported
    public String getName() {
        return name == null ? Long.toString(certificateId) : name;
    }

    @Exported(name = "outcome")
    public Kind getKind() {
        return kind;
    }

    /** Null where nothing is known beyond what was asked for. */
    @CheckForNull
    @Exported
    public CertificateOfBuild getCertificate() {
        return certificate;
    }

    /** Null where it was not stored. */
    @CheckForNull
    @Exported
    public String getCredentialsId() {
        return credentialsId;
    }

    /** Why it is so; empty where the outcome says all. */
    @Exported
    public String getReason() {
        if (told != null) {
            return kind == Kind.FAILED && !told.endsWith(".") ? told + "." : told;
        }
        return switch (kind) {
            case NOT_DUE ->
                certificate == null
                        ? ""
                        : Messages.CertificateOutcome_notDueUntil(
                                certificate.getDueAt().substring(0, 10), certificate.getDaysLeft());
            case RENEWAL_NEEDED -> Messages.CertificateOutcome_termEnds();
            case RENEWED -> Messages.CertificateOutcome_billed();
            case KEY_MISSING -> Messages.CertificateOutcome_keyIsElsewhere();
            case NOTHING_TO_WIN -> Messages.CertificateOutcome_hardlyLonger();
            case UNDER_WAY -> Messages.CertificateOutcome_anotherBuild();
            case DRY_RUN -> Messages.CertificateOutcome_nothingOrdered();
            case WAITING -> Messages.CertificateOutcome_ordering();
            default -> "";
        };
    }

    /** What somebody has to do; empty for nothing. What a failure has to say is its reason. */
    public String getNextStep() {
        return switch (kind) {
            case FAILED -> Messages.CertificateOutcome_buildAgain();
            case RENEWAL_NEEDED -> Messages.CertificateOutcome_renew();
            case KEY_MISSING -> Messages.CertificateOutcome_force();
            default -> "";
        };
    }

    /** To the second, ISO 8601, UTC; null where it does not matter. */
    @CheckForNull
    @Exported
    public String getSince() {
        return toTheSecond(since);
    }

    /** When waiting ends, ISO 8601, UTC; null where nothing is waited for. */
    @CheckForNull
    @Exported
    public String getUntil() {
        return toTheSecond(until);
    }

    @CheckForNull
    private static String toTheSecond(long millis) {
        return millis == 0
                ? null
                : Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** In a build that is over nothing waits any more. */
    CertificateOutcome afterTheBuild() {
        return kind == Kind.WAITING
                ? failed(system, certificateId, name, Messages.CertificateOutcome_ended(), certificate)
                : this;
    }
}
