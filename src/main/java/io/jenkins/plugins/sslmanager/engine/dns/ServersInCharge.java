package io.jenkins.plugins.sslmanager.engine.dns;

import io.jenkins.plugins.sslmanager.engine.async.Cancellation;
import io.jenkins.plugins.sslmanager.engine.async.Failures;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
    private final Delegations delegations;

    /** @param cancellation once it has ended, no query is sent */
    ServersInCharge(DnsRecord record, Resolvers resolvers, Cancellation cancellation) {
        this.record = record;
        this.resolvers = resolvers;
        this.cancellation = cancellation;
        delegations = new Delegations(resolvers.roots(), this::nameServersBy, this::addressesOf);
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
        return servers(record.type() == DnsRecord.Type.CNAME ? parent(name) : name)
                .thenCompose(servers ->
                        all(List.copyOf(servers.entrySet()), server -> look(server.getKey(), server.getValue(), name)))
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

    /** Those that the resolver knows, together with those that the delegations from the root on lead to. */
    private CompletableFuture<Map<Name, Set<InetAddress>>> servers(Name name) {
        CompletableFuture<List<Name>> byResolver = serversOf(name);
        return delegations
                .of(name)
                .thenCompose(delegated -> byResolver
                        .exceptionally(failure -> {
                            if (delegated.isEmpty()) {
                                throw new CompletionException(Failures.cause(failure));
                            }
                            return List.of();
                        })
                        .thenApply(known -> together(known, delegated)));
    }

    private static Map<Name, Set<InetAddress>> together(List<Name> known, Map<Name, Set<InetAddress>> delegated) {
        Map<Name, Set<InetAddress>> all = new LinkedHashMap<>();
        Stream.concat(known.stream(), delegated.keySet().stream())
                .sorted()
                .distinct()
                .limit(MOST_SERVERS)
                .forEach(server -> all.put(server, delegated.getOrDefault(server, Set.of())));
        return all;
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
                    .toList();
            return servers.isEmpty() ? serversOf(parent(name)) : CompletableFuture.completedFuture(servers);
        });
    }

    /** @param glue addresses that its delegation tells */
    private CompletableFuture<ServerAnswer> look(Name server, Set<InetAddress> glue, Name wanted) {
        String name = server.toString(true);
        return addressesOf(server)
                .thenCompose(found -> all(
                        Stream.concat(found.stream(), glue.stream()).distinct().toList(),
                        address -> look(name, wanted, address)))
                .thenApply(answers -> ServerAnswer.together(name, answers));
    }

    private CompletableFuture<List<InetAddress>> addressesOf(Name server) {
        return all(List.of(Type.A, Type.AAAA), type -> lookUp(server, type).exceptionally(failure -> List.of()))
                .thenApply(found -> found.stream()
                        .flatMap(List::stream)
                        .map(Delegations::address)
                        .toList());
    }

    private CompletableFuture<ServerAnswer> look(String server, Name wanted, InetAddress address) {
        if (isForbidden(address)) {
            return CompletableFuture.completedFuture(ServerAnswer.notAsked(server, address));
        }
        return ask(address, wanted, record.type().code())
                .handle((answer, failure) -> failure == null
                        ? ServerAnswer.of(server, record, wanted, answer)
                        : ServerAnswer.silent(server, Failures.cause(failure)));
    }

    private boolean isForbidden(InetAddress address) {
        return PrivateAddress.is(address) && !resolvers.mayAskPrivateAddresses();
    }

    private CompletableFuture<Message> nameServersBy(InetAddress address, Name zone) {
        return isForbidden(address)
                ? CompletableFuture.failedFuture(new LookupFailedException(address + " is not asked"))
                : ask(address, zone, Type.NS);
    }

    private CompletableFuture<Message> ask(InetAddress address, Name wanted, int type) {
        Message query = Message.newQuery(Record.newRecord(wanted, type, DClass.IN));
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

    private static Name parent(Name name) {
        return new Name(name, 1);
    }

    private static <T, R> CompletableFuture<List<R>> all(List<T> each, Function<T, CompletableFuture<R>> work) {
        List<CompletableFuture<R>> results = each.stream().map(work).toList();
        return CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
                .thenApply(done -> results.stream().map(CompletableFuture::join).toList());
    }
}
