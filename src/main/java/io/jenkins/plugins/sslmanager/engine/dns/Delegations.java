package io.jenkins.plugins.sslmanager.engine.dns;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Finds the name servers in charge of a name from the root on, label by label (RFC 9156), as the resolvers of certificate
 * authorities do. The resolver of this machine may know others, that are inside its network alone.
 */
final class Delegations {

    private static final int MOST_ASKED = 3;

    private final List<InetAddress> roots;
    private final BiFunction<InetAddress, Name, CompletableFuture<Message>> nameServersBy;
    private final Function<Name, CompletableFuture<List<InetAddress>>> addresses;

    /**
     * @param nameServersBy asks a name server for those of a name
     * @param addresses finds the addresses of a name server that come with no delegation
     */
    Delegations(
            List<InetAddress> roots,
            BiFunction<InetAddress, Name, CompletableFuture<Message>> nameServersBy,
            Function<Name, CompletableFuture<List<InetAddress>>> addresses) {
        this.roots = roots;
        this.nameServersBy = nameServersBy;
        this.addresses = addresses;
    }

    /** Returns the servers with the addresses that their delegation tells; none if the root or a server below it is out of reach. */
    CompletableFuture<Map<Name, Set<InetAddress>>> of(Name name) {
        return roots.isEmpty()
                ? CompletableFuture.completedFuture(Map.of())
                : below(Map.of(), roots, name, name.labels() - 2);
    }

    /** @param servers of the zone that has been reached; none of the root */
    private CompletableFuture<Map<Name, Set<InetAddress>>> below(
            Map<Name, Set<InetAddress>> servers, List<InetAddress> known, Name name, int labelsLeft) {
        if (labelsLeft < 0) {
            return CompletableFuture.completedFuture(servers);
        }
        Name next = labelsLeft == 0 ? name : new Name(name, labelsLeft);
        return firstAnswer(known, next).thenCompose(answer -> {
            if (answer == null) {
                return CompletableFuture.completedFuture(Map.of());
            }
            Map<Name, Set<InetAddress>> delegated = delegated(next, answer);
            return delegated.isEmpty()
                    ? below(servers, known, name, labelsLeft - 1)
                    : addressesOf(delegated).thenCompose(found -> below(delegated, found, name, labelsLeft - 1));
        });
    }

    /** Returns null if none of the first few answers. */
    private CompletableFuture<Message> firstAnswer(List<InetAddress> servers, Name name) {
        CompletableFuture<Message> answer = CompletableFuture.completedFuture(null);
        for (InetAddress server : servers.subList(0, Math.min(MOST_ASKED, servers.size()))) {
            answer = answer.thenCompose(known -> known != null
                    ? CompletableFuture.completedFuture(known)
                    : nameServersBy.apply(server, name).handle((next, failure) -> isUsable(next) ? next : null));
        }
        return answer;
    }

    private static boolean isUsable(@CheckForNull Message answer) {
        return answer != null && (answer.getRcode() == Rcode.NOERROR || answer.getRcode() == Rcode.NXDOMAIN);
    }

    /** A server tells those of its own zone as an answer, and those of a zone below it as a referral. */
    private static Map<Name, Set<InetAddress>> delegated(Name zone, Message answer) {
        Map<Name, Set<InetAddress>> servers = new TreeMap<>();
        Stream.of(Section.ANSWER, Section.AUTHORITY)
                .flatMap(section -> answer.getSection(section).stream())
                .filter(entry -> entry instanceof NSRecord && entry.getName().equals(zone))
                .forEach(entry -> servers.put(((NSRecord) entry).getTarget(), new LinkedHashSet<>()));
        for (Record entry : answer.getSection(Section.ADDITIONAL)) {
            Set<InetAddress> glue = servers.get(entry.getName());
            if (glue != null && (entry.getType() == Type.A || entry.getType() == Type.AAAA)) {
                glue.add(address(entry));
            }
        }
        return servers;
    }

    /** @param entry an A or AAAA record */
    static InetAddress address(Record entry) {
        return entry instanceof ARecord four ? four.getAddress() : ((AAAARecord) entry).getAddress();
    }

    private CompletableFuture<List<InetAddress>> addressesOf(Map<Name, Set<InetAddress>> servers) {
        List<InetAddress> glue = servers.values().stream().flatMap(Set::stream).toList();
        CompletableFuture<List<InetAddress>> found = CompletableFuture.completedFuture(glue);
        for (Name server : servers.keySet()) {
            found = found.thenCompose(
                    known -> known.isEmpty() ? addresses.apply(server) : CompletableFuture.completedFuture(known));
        }
        return found;
    }
}
