package io.jenkins.plugins.sslmanager.engine.dns;

import io.jenkins.plugins.sslmanager.engine.async.Cancellation;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupFailedException;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/** The name servers of the zone that a record belongs to. */
final class ServersInCharge {

    /** A zone has a handful; one with more would have this machine ask whatever somebody has listed. */
    private static final int MOST_SERVERS = 20;

    private static final int MOST_ALIASES = 8;

    private final DnsRecord record;
    private final Resolvers resolvers;
    private final Cancellation cancellation;

    /** @param cancellation once it has ended, no query is sent */
    ServersInCharge(DnsRecord record, Resolvers resolvers, Cancellation cancellation) {
        this.record = record;
        this.resolvers = resolvers;
        this.cancellation = cancellation;
    }

    /**
     * Asks each of them. Who they are and where is found out each time, since it may change while somebody waits.
     *
     * @return in the order of their names, never empty; fails with {@link LookupFailedException} if they are not found
     */
    CompletableFuture<List<ServerAnswer>> look() {
        return look(record.owner(), MOST_ALIASES);
    }

    /** An alias is followed into its own zone, as authorities do, once all servers that answer agree on it. */
    private CompletableFuture<List<ServerAnswer>> look(Name name, int aliasesLeft) {
        // A CNAME is never at the top of a zone (RFC 1034, 3.6.2), and asking for name servers there would follow it.
        return serversOf(record.type() == DnsRecord.Type.CNAME ? parent(name) : name)
                .thenCompose(servers -> all(servers, server -> look(server, name)))
                .thenCompose(answers -> {
                    Optional<Name> alias = commonAlias(answers);
                    return alias.isEmpty() || aliasesLeft == 0
                            ? CompletableFuture.completedFuture(answers)
                            : look(alias.get(), aliasesLeft - 1).exceptionally(failure -> known(answers, failure));
                });
    }

    private static Optional<Name> commonAlias(List<ServerAnswer> answers) {
        List<Optional<Name>> aliases = answers.stream()
                .filter(answer ->
                        answer.state() == ServerAnswer.State.MISSING || answer.state() == ServerAnswer.State.SHOWN)
                .map(answer -> Optional.ofNullable(answer.alias()))
                .distinct()
                .toList();
        return aliases.size() == 1 ? aliases.get(0) : Optional.empty();
    }

    /** Where the servers of the alias are not found, what is known is that it is one. */
    private static List<ServerAnswer> known(List<ServerAnswer> answers, Throwable failure) {
        if (Failures.cause(failure) instanceof LookupFailedException) {
            return answers;
        }
        throw new CompletionException(Failures.cause(failure));
    }

    private CompletableFuture<List<Name>> serversOf(Name name) {
        if (name.equals(Name.root)) {
            return CompletableFuture.failedFuture(
                    new LookupFailedException("neither its name nor one above it has name servers"));
        }
        return lookUp(name, Type.NS).thenCompose(found -> {
            List<Name> servers = found.stream()
                    .filter(entry -> entry.getName().equals(name))
                    .map(entry -> ((NSRecord) entry).getTarget())
                    .sorted()
                    .limit(MOST_SERVERS)
                    .toList();
            return servers.isEmpty() ? serversOf(parent(name)) : CompletableFuture.completedFuture(servers);
        });
    }

    private CompletableFuture<ServerAnswer> look(Name server, Name wanted) {
        String name = server.toString(true);
        return all(List.of(Type.A, Type.AAAA), type -> lookUp(server, type).exceptionally(failure -> List.of()))
                .thenCompose(
                        found -> all(found.stream().flatMap(List::stream).toList(), entry -> look(name, wanted, entry)))
                .thenApply(answers -> ServerAnswer.together(name, answers));
    }

    private CompletableFuture<ServerAnswer> look(String server, Name wanted, Record entry) {
        InetAddress address = address(entry);
        if (PrivateAddress.is(address) && !resolvers.mayAskPrivateAddresses()) {
            return CompletableFuture.completedFuture(ServerAnswer.notAsked(server, address));
        }
        return ask(address, wanted)
                .handle((answer, failure) -> failure == null
                        ? ServerAnswer.of(server, record, wanted, answer)
                        : ServerAnswer.silent(server, Failures.cause(failure)));
    }

    private CompletableFuture<Message> ask(InetAddress address, Name wanted) {
        Message query = Message.newQuery(Record.newRecord(wanted, record.type().code(), DClass.IN));
        query.getHeader().unsetFlag(Flags.RD);
        return send(() -> resolvers.of(address).sendAsync(query));
    }

    private CompletableFuture<List<Record>> lookUp(Name name, int type) {
        LookupSession session =
                LookupSession.builder().resolver(resolvers.recursive()).build();
        return send(() -> session.lookupAsync(name, type))
                .handle((result, failure) -> failure == null ? result.getRecords() : noneOr(Failures.cause(failure)));
    }

    private static List<Record> noneOr(Throwable failure) {
        if (failure instanceof NoSuchDomainException || failure instanceof NoSuchRRSetException) {
            return List.of();
        }
        throw failure instanceof LookupFailedException refused
                ? refused
                : new LookupFailedException(failure.toString());
    }

    /** The exception for an address of a kind that this machine lacks comes in the future, too. */
    private <T> CompletableFuture<T> send(Supplier<CompletionStage<T>> query) {
        return CompletableFuture.completedFuture(query)
                .thenCompose(next -> cancellation.begin(() -> next.get().toCompletableFuture()));
    }

    private static InetAddress address(Record entry) {
        return entry instanceof ARecord four ? four.getAddress() : ((AAAARecord) entry).getAddress();
    }

    private static Name parent(Name name) {
        return new Name(name, 1);
    }

    private static <T, R> CompletableFuture<List<R>> all(List<T> each, Function<T, CompletableFuture<R>> work) {
        List<CompletableFuture<R>> results = each.stream().map(work).toList();
        return CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
                .thenApply(done -> results.stream().map(CompletableFuture::join).toList());
    }
}
