package io.jenkins.plugins.sslmanager.certificates;

import static java.util.Objects.requireNonNull;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.delivery.CertificateFacts;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A certificate that builds have handled: known by its name at its service, since a re-issue can change all but that.
 *
 * @param lastBuilds by job, the newest first
 * @param earlier what it was before its re-issues, the newest first
 * @param seen when a build last handled it
 * @param failure of the last attempt to rotate it; null if that went well
 */
record CertificateRecord(
        CertificateFacts facts,
        List<LastBuild> lastBuilds,
        List<Issue> earlier,
        Instant seen,
        @CheckForNull Failure failure) {

    private static final int MOST_JOBS = 20;
    private static final int MOST_EARLIER = 10;

    /**
     * The last build of a job that handled a certificate.
     *
     * @param job its full name
     * @param build the build's number; 0 once it is deleted
     * @param rotates whether the job has the certificate rotated when it is due, as far as a build has shown
     */
    record LastBuild(String job, int build, boolean rotates) {

        LastBuild {
            requireNonNull(job, "job");
        }

        /** Of a job that has only looked at the certificate so far. */
        LastBuild(String job, int build) {
            this(job, build, false);
        }

        private LastBuild renamed(String from, String to) {
            return new LastBuild(CertificateRecord.renamed(job, from, to), build, rotates);
        }

        private LastBuild withBuild(int number) {
            return new LastBuild(job, number, rotates);
        }

        private LastBuild rotating() {
            return new LastBuild(job, build, true);
        }
    }

    /**
     * Why a build could not rotate it.
     *
     * @param job its full name
     * @param build the build's number; 0 once it is deleted
     */
    record Failure(String job, int build, Instant at, String reason) {

        Failure {
            requireNonNull(job, "job");
            requireNonNull(at, "at");
            requireNonNull(reason, "reason");
        }
    }

    /** What a certificate was at a time. */
    record Issue(String serialNumber, Instant notBefore, Instant notAfter) {

        static Issue of(CertificateFacts facts) {
            return new Issue(facts.serialNumber(), facts.notBefore(), facts.notAfter());
        }
    }

    /** What stands in a file is checked, too. */
    CertificateRecord {
        requireNonNull(facts, "facts");
        requireNonNull(seen, "seen");
        lastBuilds = List.copyOf(lastBuilds);
        earlier = List.copyOf(earlier);
    }

    static CertificateRecord of(CertificateFacts facts, String job, int build, Instant now) {
        boolean rotates = facts.jobId() != 0;
        return new CertificateRecord(facts, List.of(new LastBuild(job, build, rotates)), List.of(), now, null);
    }

    /** This build has failed to rotate the certificate, of which it need not know more than its name. */
    CertificateRecord failedIn(String job, int build, Instant now, String reason) {
        return followedBy(of(facts, job, build, now).failed(reason));
    }

    /** The build that was told of has failed to rotate it. */
    CertificateRecord failed(String reason) {
        LastBuild last = lastBuilds.get(0);
        return withFailure(new Failure(last.job(), last.build(), seen, reason));
    }

    /** Returns the same for all certificates of one name at one service; good for a file's name and in an address. */
    String id() {
        return facts.recordId();
    }

    /**
     * With what a build has seen after that. A certificate that is older than the one known does not take its place; and of the
     * rules that builds have for one certificate the strictest counts, so that none hides from administrators what is late.
     */
    CertificateRecord followedBy(CertificateRecord next) {
        boolean same = facts.serialNumber().equals(next.facts.serialNumber());
        boolean older = next.facts.notBefore().isBefore(facts.notBefore());
        CertificateFacts current =
                same ? next.facts.withJobOf(facts).dueNoLaterThan(facts.dueAt()) : older ? facts : next.facts;
        return new CertificateRecord(
                current,
                newest(
                        MOST_JOBS,
                        next.lastBuilds.stream().map(this::asBefore).toList(),
                        lastBuilds.stream().filter(last -> !next.isOf(last.job()))),
                same || older ? earlier : newest(MOST_EARLIER, List.of(Issue.of(facts)), earlier.stream()),
                next.seen,
                next.failure != null || isOvercomeBy(next) ? next.failure : failure);
    }

    /** A look or a dry run does not undo that the job rotates it. */
    private LastBuild asBefore(LastBuild next) {
        return lastBuilds.stream().anyMatch(last -> last.rotates() && last.job().equals(next.job()))
                ? next.rotating()
                : next;
    }

    /** A look, a dry run or waiting for another build does not undo that the rotation failed. */
    private boolean isOvercomeBy(CertificateRecord next) {
        return next.facts.notBefore().isAfter(facts.notBefore());
    }

    /** A build of this job has rotated it, or has found that it is not due. */
    CertificateRecord rotatedBy(String job) {
        return isFailedIn(job) ? withFailure(null) : this;
    }

    /** The last attempt to rotate it has failed, and that was one of this job. */
    boolean isFailedIn(String job) {
        return failure != null && failure.job().equals(job);
    }

    /** The build that was told of rotates it. */
    CertificateRecord rotating() {
        return withLastBuilds(LastBuild::rotating);
    }

    /** Whether a job that is still there rotates it. */
    boolean isRotated() {
        return lastBuilds.stream().anyMatch(LastBuild::rotates);
    }

    private CertificateRecord withFailure(@CheckForNull Failure next) {
        return new CertificateRecord(facts, lastBuilds, earlier, seen, next);
    }

    /** As it is, and as it was before, the newest first. */
    List<Issue> issues() {
        return Stream.concat(Stream.of(Issue.of(facts)), earlier.stream()).toList();
    }

    /** Tells whether it took the place of another, as far as builds have seen. */
    boolean isReissued() {
        return facts.jobId() != 0 || !earlier.isEmpty();
    }

    private static <T> List<T> newest(int most, List<T> first, Stream<T> others) {
        return Stream.concat(first.stream(), others).limit(most).toList();
    }

    /** Whether a build of the job has handled it. */
    boolean isOf(String job) {
        return lastBuilds.stream().anyMatch(last -> last.job().equals(job));
    }

    /** Returns the number of the job's last build that has handled it; 0 where it is deleted, or there is none. */
    int lastBuildOf(String job) {
        return lastBuilds.stream()
                .filter(last -> last.job().equals(job))
                .mapToInt(LastBuild::build)
                .findFirst()
                .orElse(0);
    }

    CertificateRecord renamed(String from, String to) {
        CertificateRecord moved = withLastBuilds(last -> last.renamed(from, to));
        Failure known = failure;
        return known == null
                ? moved
                : moved.withFailure(
                        new Failure(renamed(known.job(), from, to), known.build(), known.at(), known.reason()));
    }

    private static String renamed(String job, String from, String to) {
        return isIn(job, from) ? to + job.substring(from.length()) : job;
    }

    /** Without the job, or the jobs of the folder, of that name. */
    CertificateRecord withoutJob(String item) {
        List<LastBuild> left =
                lastBuilds.stream().filter(last -> !isIn(last.job(), item)).toList();
        return new CertificateRecord(
                facts, left, earlier, seen, failure != null && isIn(failure.job(), item) ? null : failure);
    }

    CertificateRecord withoutBuild(String job, int build) {
        CertificateRecord left =
                withLastBuilds(last -> last.job().equals(job) && last.build() == build ? last.withBuild(0) : last);
        Failure known = failure;
        return known != null && known.job().equals(job) && known.build() == build
                ? left.withFailure(new Failure(job, 0, known.at(), known.reason()))
                : left;
    }

    private CertificateRecord withLastBuilds(UnaryOperator<LastBuild> change) {
        return new CertificateRecord(facts, lastBuilds.stream().map(change).toList(), earlier, seen, failure);
    }

    /** Tells whether that is the item, or in it. */
    static boolean isIn(String job, String item) {
        return job.startsWith(item) && (job.length() == item.length() || job.charAt(item.length()) == '/');
    }
}
