package io.jenkins.plugins.sslmanager.engine.dns;

import io.jenkins.plugins.sslmanager.engine.api.ForeignText;
import java.net.SocketTimeoutException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupFailedException;

/**
 * What a name server has to say about a record.
 *
 * @param line with the server's name at its beginning
 */
record ServerAnswer(State state, String line) {

    private static final int QUOTED_CHARS = 200;

    /** The worse ones come first, but silence counts only where there is nothing else. */
    enum State {
        MISSING,
        SHOWN,
        SILENT
    }

    static ServerAnswer of(String server, DnsRecord wanted, Message answer) {
        int code = answer.getRcode();
        if (code != Rcode.NOERROR && code != Rcode.NXDOMAIN) {
            return missing(server, ": it answers " + Rcode.string(code));
        }
        if (!answer.getHeader().getFlag(Flags.AA)) {
            return missing(server, ": it is not in charge of the zone");
        }
        if (records(wanted, wanted.type().code(), answer).anyMatch(wanted::hasValueOf)) {
            return new ServerAnswer(State.SHOWN, server + " shows it");
        }
        return missing(server, instead(wanted, answer));
    }

    static ServerAnswer silent(String server, Throwable reason) {
        return silent(
                server,
                "does not answer"
                        + (reason instanceof SocketTimeoutException ? "" : " (" + quoted(reason.toString()) + ")"));
    }

    /** In the place of the servers of a record, which cannot be asked. */
    static ServerAnswer notFound(DnsRecord wanted, LookupFailedException reason) {
        String line = "The name servers in charge of " + wanted.name() + " are not found ("
                + quoted(String.valueOf(reason.getMessage())) + ")";
        return new ServerAnswer(State.SILENT, line);
    }

    /** Of the answers that came from a server's addresses; one that is of no use from here does no harm beside others. */
    static ServerAnswer together(String server, List<ServerAnswer> ofItsAddresses) {
        return ofItsAddresses.stream()
                .min(Comparator.comparing(ServerAnswer::state))
                .orElseGet(() -> silent(server, "cannot be asked: no address of it is found"));
    }

    private static String instead(DnsRecord wanted, Message answer) {
        String others = records(wanted, wanted.type().code(), answer)
                .map(other -> '"' + DnsRecord.valueOf(other) + '"')
                .sorted()
                .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            return ", but " + quoted(others);
        }
        return records(wanted, Type.CNAME, answer)
                .map(alias -> ": the name is an alias (CNAME) of " + ((CNAMERecord) alias).getTarget())
                .findFirst()
                .orElse(
                        answer.getRcode() == Rcode.NXDOMAIN
                                ? ": there is no such name"
                                : ": the name has no " + wanted.type() + " record");
    }

    private static Stream<Record> records(DnsRecord wanted, int type, Message answer) {
        return answer.getSection(Section.ANSWER).stream()
                .filter(found -> found.getType() == type && found.getName().equals(wanted.owner()));
    }

    private static ServerAnswer missing(String server, String what) {
        return new ServerAnswer(State.MISSING, server + " does not show it" + what);
    }

    private static ServerAnswer silent(String server, String what) {
        return new ServerAnswer(State.SILENT, server + " " + what);
    }

    private static String quoted(String text) {
        return ForeignText.oneLine(text, QUOTED_CHARS);
    }
}
