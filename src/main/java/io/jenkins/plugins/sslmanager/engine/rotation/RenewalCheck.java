package io.jenkins.plugins.sslmanager.engine.rotation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.Job;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.ResponseObject;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import io.jenkins.plugins.sslmanager.engine.inbox.JobLookup;
import io.jenkins.plugins.sslmanager.engine.orders.CertificateId;
import io.jenkins.plugins.sslmanager.engine.orders.Order;
import io.jenkins.plugins.sslmanager.engine.orders.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/**
 * Whether a certificate may be renewed, which is billed: never twice for one term, and no more often than the account says. Both
 * the order book and the service are asked, since people renew certificates, too. Where the service does not tell, nothing is
 * renewed.
 */
final class RenewalCheck {

    /** The time in which an account orders no more renewals than its limit. */
    static final Duration PERIOD = Duration.ofDays(30);

    /** As early as this before its end the service renews a certificate, so what comes sooner after a renewal is a second one. */
    private static final Duration WINDOW = Duration.ofDays(90);

    private static final Comparator<Order> BY_BEGIN =
            Comparator.comparing(Order::created).thenComparing(Order::id);

    private final RotationContext context;
    private final RotationPort port;
    private final OrderRun run;

    RenewalCheck(RotationContext context, RotationPort port, OrderRun run) {
        this.context = context;
        this.port = port;
        this.run = run;
    }

    /**
     * @param current the certificate's number
     * @param certificate as the service shows it now
     * @param own the order that is about to be sent; null before there is one. Of those that are begun at the same time, the first
     *     ones come within the limit
     * @return fails with ReissueException if it may not be renewed, and otherwise as the port and the service do
     */
    CompletableFuture<Void> require(CertificateId current, IssuedCertificate certificate, @CheckForNull Order own) {
        return run.blocking(() -> port.renewals(certificate)).thenCompose(limit -> {
            requireLimit(certificate.data(), limit);
            requireTermEnds(certificate);
            return jobs(current, certificate.data())
                    .exceptionally(failure -> {
                        throw untold(certificate.data(), Failures.cause(failure));
                    })
                    .thenCompose(jobs -> run.blocking(() -> judge(current, certificate.data(), own, limit, jobs)))
                    .thenCompose(unnamed -> requireOthers(certificate.data(), unnamed));
        });
    }

    private CompletableFuture<List<ObjectJob>> jobs(CertificateId current, Certificate existing) {
        return new RunningJobs(run, context.runningJobs())
                .requireNoneForCertain(existing, ordersOfOthers(current))
                .thenCompose(none -> new RenewalJobs(run).since(now().minus(PERIOD)));
    }

    private List<Order> ordersOfOthers(CertificateId current) {
        return context.book().openOrders().stream()
                .filter(order -> order.certificate().system().equals(current.system())
                        && !order.certificate().equals(current))
                .toList();
    }

    /** @return those of the jobs that do not say what they renew; fewer than the limit */
    private List<ObjectJob> judge(
            CertificateId current, Certificate existing, @CheckForNull Order own, int limit, List<ObjectJob> jobs) {
        List<Order> orders = orders(current);
        List<Order> others = orders.stream()
                .filter(order -> own == null || !order.id().equals(own.id()))
                .toList();
        others.stream()
                .filter(order -> order.stage() != Stage.PREPARED)
                .filter(order -> context.book().current(order.certificate()).equals(current))
                .findFirst()
                .ifPresent(order -> {
                    throw refusal(
                            existing,
                            "the order book has a renewal of it from " + order.created() + " (" + order
                                    + "). If it was not carried out, renew the certificate in the SSL Manager");
                });
        List<ObjectJob> ofOthers = jobs.stream()
                .filter(job -> orders.stream().noneMatch(order -> isOf(order, job)))
                .toList();
        ofOthers.forEach(job -> requireOther(existing, job.job(), job.object()));
        requireWithin(limit, existing, others, own, jobs.size());
        return ofOthers.stream().filter(job -> !RunningJobs.isNamed(job)).toList();
    }

    private static void requireOther(Certificate existing, Job job, @CheckForNull ResponseObject object) {
        if (object != null && CertificateNames.areSame(existing.name(), object.value())) {
            throw refusal(
                    existing,
                    text(job) + " has renewed it in the last " + PERIOD.toDays()
                            + " days. Wait until the service shows the new end of its paid term");
        }
    }

    /** Lists may leave out what a job is about, so each of these is asked for alone. */
    private CompletableFuture<Void> requireOthers(Certificate existing, List<ObjectJob> unnamed) {
        CompletableFuture<Void> looks = CompletableFuture.completedFuture(null);
        for (ObjectJob row : unnamed) {
            looks = looks.thenCompose(before -> alone(row))
                    .thenAccept(told -> requireOtherForCertain(existing, row.job(), told));
        }
        return looks;
    }

    /** @return the row as it was listed where the service does not tell more */
    private CompletableFuture<ObjectJob> alone(ObjectJob row) {
        return run.cancellation()
                .begin(() -> new JobLookup(run.api()).ask(row.job().id()))
                .exceptionally(failure -> {
                    Throwable cause = Failures.cause(failure);
                    if (cause instanceof ApiException refused && !refused.isPassing()) {
                        return row;
                    }
                    throw new CompletionException(cause);
                });
    }

    private static void requireOtherForCertain(Certificate existing, Job job, ObjectJob told) {
        if (RunningJobs.mayBeOfCertificate(told.object())) {
            requireOther(existing, job, told.object());
            if (!RunningJobs.isNamed(told)) {
                throw refusal(
                        existing,
                        "the service does not say what " + text(job) + " has renewed in the last " + PERIOD.toDays()
                                + " days, and it may be this one. Look at the job in the SSL Manager, and renew the"
                                + " certificate there if the job is about another");
            }
        }
    }

    private static String text(Job job) {
        return "job " + job.id() + (job.status() == null ? "" : " (" + job.status() + ")");
    }

    private void requireWithin(
            int limit, Certificate existing, List<Order> others, @CheckForNull Order own, int shown) {
        Instant from = now().minus(PERIOD);
        long ordered = others.stream()
                .filter(order -> order.account().equals(context.account()))
                .filter(order -> order.stage().isOpen() || !order.changed().isBefore(from))
                .filter(order -> own == null || BY_BEGIN.compare(order, own) < 0)
                .count();
        long before = Math.max(ordered, shown);
        if (before >= limit) {
            throw refusal(
                    existing,
                    "the account has had " + before + " renewals in the last " + PERIOD.toDays()
                            + " days, and is set to no more than " + limit
                            + ". A later build tries again; an administrator can raise the number");
        }
    }

    /** The renewals that were, or may have been, accepted by the service, or are about to be sent. */
    private List<Order> orders(CertificateId current) {
        return Stream.concat(
                        context.book().openOrders().stream(),
                        context.book().ended().since(now().minus(WINDOW)).stream())
                .filter(Order::isRenewal)
                .filter(order -> order.certificate().system().equals(current.system()))
                .filter(order -> order.stage() != Stage.FAILED && order.stage() != Stage.WITHDRAWN)
                .filter(order -> order.stage().isOpen() || order.sent() > 0)
                .toList();
    }

    private static boolean isOf(Order order, ObjectJob job) {
        return Objects.equals(job.job().id(), order.jobId());
    }

    private static void requireLimit(Certificate existing, int limit) {
        if (limit == 0) {
            throw refusal(
                    existing,
                    "the account is set to order no renewals. An administrator can set how many it may order in "
                            + PERIOD.toDays() + " days, or renew the certificate in the SSL Manager");
        }
    }

    private static void requireTermEnds(IssuedCertificate certificate) {
        Certificate existing = certificate.data();
        Instant payable = existing.payable() == null ? null : existing.payable().toInstant();
        if (!DueRule.isRenewalNeeded(
                payable, certificate.chain().leaf().getNotAfter().toInstant())) {
            throw refusal(
                    existing,
                    "the service shows by now that its paid term ends on " + payable
                            + ", so somebody else has renewed it. The next build re-issues it");
        }
    }

    private static RuntimeException untold(Certificate existing, Throwable cause) {
        return cause instanceof ApiException refused && !refused.isPassing()
                ? refusal(
                        existing,
                        "the service does not list its jobs, which would tell whether it has been renewed already: "
                                + refused.getMessage())
                : new CompletionException(cause);
    }

    private static ReissueException refusal(Certificate existing, String why) {
        return new ReissueException(
                ReissueException.Kind.UNFIT,
                "Certificate " + existing.id() + " (" + existing.name() + ") is not renewed: " + why);
    }

    private Instant now() {
        return run.pauses().instant();
    }
}
