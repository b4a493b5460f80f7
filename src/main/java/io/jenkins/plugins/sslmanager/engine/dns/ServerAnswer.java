package io.jenkins.plugins.sslmanager.engine.dns;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.ForeignText;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupFailedException;

/**
 * What a name server has to say about a record.
 *
 * @param line with the server's name at its beginning
 * @param alias where the name leads to instead (CNAME); null where it is none
 */
record ServerAnswer(State state, String line, @CheckForNull Name alias) {

    private static final int QUOTED_CHARS = 200;

    /** The worse ones come first, but silence counts only where there is nothing else, and so does what may not be asked. */
    enum State {
        MISSING,
        SHOWN,
        SILENT,
        NOT_ASKED
    }

    /** @param name that was asked for: the record's own, or one that it is an alias of */
    static ServerAnswer of(String server, DnsRecord wanted, Name name, Message answer) {
        int code = answer.getRcode();
        if (code != Rcode.NOERROR && code != Rcode.NXDOMAIN) {
            return missing(server, ": it answers " + Rcode.string(code));
        }
        if (!answer.getHeader().getFlag(Flags.AA)) {
            return missing(server, ": it is not in charge of the zone");
        }
        if (records(name, wanted.type().code(), answer).anyMatch(wanted::hasValueOf)) {
            return new ServerAnswer(State.SHOWN, server + " shows it", null);
        }
        Name alias = records(name, Type.CNAME, answer)
                .map(found -> ((CNAMERecord) found).getTarget())
                .findFirst()
                .orElse(null);
        return new ServerAnswer(
                State.MISSING, server + " does not show it" + instead(wanted, name, alias, answer), alias);
    }

    static ServerAnswer silent(String server, Throwable reason) {
        return silent(
                server,
                "does not answer"
                        + (reason instanceof SocketTimeoutException ? "" : " (" + quoted(reason.toString()) + ")"));
    }

    static ServerAnswer notAsked(String server, InetAddress address) {
        return new ServerAnswer(
                State.NOT_ASKED,
                server + " is at the private address " + address.getHostAddress() + ", which is not asked",
                null);
    }

    /** In the place of the servers of a record, which cannot be asked. */
    static ServerAnswer notFound(DnsRecord wanted, LookupFailedException reason) {
        String line = "The name servers in charge of " + wanted.name() + " are not found ("
                + quoted(String.valueOf(reason.getMessage())) + ")";
        return new ServerAnswer(State.SILENT, line, null);
    }

    /** Of the answers that came from a server's addresses; one that is of no use from here does no harm beside others. */
    static ServerAnswer together(String server, List<ServerAnswer> ofItsAddresses) {
        return ofItsAddresses.stream()
                .min(Comparator.comparing(ServerAnswer::state))
                .orElseGet(() -> silent(server, "cannot be asked: no address of it is found"));
    }

    private static String instead(DnsRecord wanted, Name name, @CheckForNull Name alias, Message answer) {
        String others = records(name, wanted.type().code(), answer)
                .map(other -> '"' + DnsRecord.valueOf(other) + '"')
                .sorted()
                .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            return ", but " + quoted(others);
        }
        if (alias != null) {
            return ": the name is an alias (CNAME) of " + alias;
        }
        return answer.getRcode() == Rcode.NXDOMAIN
                ? ": there is no such name"
                : ": the name has no " + wanted.type() + " record";
    }

    private static Stream<Record> records(Name name, int type, Message answer) {
        return answer.getSection(Section.ANSWER).stream()
                .filter(found -> found.getType() == type && found.getName().equals(name));
    }

    private static ServerAnswer missing(String server, String what) {
        return new ServerAnswer(State.MISSING, server + " does not show it" + what, null);
    }

    private static ServerAnswer silent(String server, String what) {
        return new ServerAnswer(State.SILENT, server + " " + what, null);
    }

    private static String quoted(String text) {
        return ForeignText.oneLine(text, QUOTED_CHARS);
    }
}
