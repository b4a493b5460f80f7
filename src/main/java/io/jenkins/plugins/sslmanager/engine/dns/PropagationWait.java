package io.jenkins.plugins.sslmanager.engine.dns;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.ForeignText;
import io.jenkins.plugins.sslmanager.engine.async.Cancellation;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import io.jenkins.plugins.sslmanager.engine.async.Pauses;
import io.jenkins.plugins.sslmanager.engine.dns.ServerAnswer.State;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.xbill.DNS.lookup.LookupFailedException;

/** Looks at the servers in charge until all show the record, one look after the other. */
final class PropagationWait {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(15);
    private static final int QUOTED_CHARS = 200;

    private final DnsRecord record;
    private final Instant deadline;
    private final Pauses pauses;
    private final Consumer<String> log;
    private final Cancellation cancellation = new Cancellation();
    private final ServersInCharge servers;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private List<String> told = List.of();

    PropagationWait(DnsRecord record, Instant deadline, Resolvers resolvers, Pauses pauses, Consumer<String> log) {
        this.record = record;
        this.deadline = deadline;
        this.pauses = pauses;
        this.log = log;
        servers = new ServersInCharge(record, resolvers, cancellation);
    }

    CompletableFuture<Void> begin() {
        log.accept("Waiting until all name servers show " + wanted() + ".");
        look();
        return cancellation.cancelledWith(end);
    }

    private void look() {
        servers.look().exceptionally(this::notFound).thenAccept(this::goOn).whenComplete(this::failed);
    }

    private List<ServerAnswer> notFound(Throwable failure) {
        if (Failures.cause(failure) instanceof LookupFailedException reason) {
            return List.of(ServerAnswer.notFound(record, reason));
        }
        throw new CompletionException(Failures.cause(failure));
    }

    private void goOn(List<ServerAnswer> answers) {
        if (end.isDone()) {
            return;
        }
        tell(answers.stream().map(ServerAnswer::line).toList());
        Duration left = Duration.between(pauses.instant(), deadline);
        // Authorities ask no private addresses either.
        List<ServerAnswer> asked = answers.stream()
                .filter(answer -> answer.state() != State.NOT_ASKED)
                .toList();
        if (asked.isEmpty()) {
            end.completeExceptionally(notAllowed(answers));
        } else if (asked.stream().allMatch(answer -> answer.state() == State.SHOWN)) {
            end.complete(null);
        } else if (left.isNegative() || left.isZero()) {
            end.completeExceptionally(timeIsUp(asked));
        } else {
            cancellation
                    .begin(() -> pauses.pause(left.compareTo(BETWEEN_LOOKS) < 0 ? left : BETWEEN_LOOKS))
                    .thenRun(this::look)
                    .whenComplete(this::failed);
        }
    }

    private void tell(List<String> lines) {
        lines.stream().filter(line -> !told.contains(line)).forEach(line -> log.accept(line + "."));
        told = lines;
    }

    private void failed(@CheckForNull Void nothing, @CheckForNull Throwable failure) {
        if (failure != null) {
            end.completeExceptionally(Failures.cause(failure));
        }
    }

    private ReissueException notAllowed(List<ServerAnswer> notAsked) {
        return new ReissueException(
                ReissueException.Kind.UNFIT,
                "Whether name servers show " + wanted() + " cannot be seen, and nothing was ordered: "
                        + notAsked.stream().map(ServerAnswer::line).collect(Collectors.joining("; "))
                        + ". If these are your own, an administrator can have them asked: privateNameServers, in the settings of"
                        + " the SSL Manager");
    }

    private ReissueException timeIsUp(List<ServerAnswer> answers) {
        List<ServerAnswer> lacking =
                answers.stream().filter(answer -> answer.state() != State.SHOWN).toList();
        boolean anySilent = lacking.stream().anyMatch(answer -> answer.state() == State.SILENT);
        return new ReissueException(
                ReissueException.Kind.TIME_LIMIT,
                "At the time limit not all name servers show " + wanted() + ": "
                        + lacking.stream().map(ServerAnswer::line).collect(Collectors.joining("; "))
                        + ". See that the record is set, and that all name servers of the zone have it, then run this again"
                        + (anySilent
                                ? ". This machine must reach name servers itself, on port 53 by UDP and TCP"
                                : ""));
    }

    private String wanted() {
        return "the " + record.type() + " record of " + record.name() + " with \""
                + ForeignText.oneLine(record.value(), QUOTED_CHARS) + "\"";
    }
}
