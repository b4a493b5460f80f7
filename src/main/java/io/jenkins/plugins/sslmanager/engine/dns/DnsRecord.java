package io.jenkins.plugins.sslmanager.engine.dns;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.ForeignText;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TTL;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Tokenizer;

/**
 * A record that proves control of a domain, in the parts that DNS providers ask for.
 *
 * @param name the full name without a dot at its end; an international one in its xn-- form
 * @param ttl in seconds; null if it is left open
 * @param value of a TXT record the text, its strings joined, without quotes and escapes; of a CNAME record the full name that
 *     it leads to, without a dot at its end
 */
public record DnsRecord(
        String name, Type type, @CheckForNull Integer ttl, String value) {

    /** What certificate authorities ask for. */
    public enum Type {
        TXT,
        CNAME;

        private static Optional<Type> of(String word) {
            return Stream.of(values())
                    .filter(type -> type.name().equals(word.toUpperCase(Locale.ROOT)))
                    .findFirst();
        }

        int code() {
            return org.xbill.DNS.Type.value(name());
        }
    }

    private static final int QUOTED_CHARS = 200;
    private static final int LAST_OF_ASCII = 0x7F;

    /** The root counts as one. */
    private static final int FEWEST_LABELS = 3;

    /** @throws IllegalArgumentException if a name is no full DNS name, or there is no value */
    public DnsRecord {
        name = fullName(name).toString(true);
        if (value.isEmpty()) {
            throw new IllegalArgumentException("it has no value");
        }
        if (type == Type.CNAME) {
            value = fullName(value).toString(true);
        }
    }

    /**
     * Reads a line of a zone file (RFC 1035, 5.1), as the service gives it in the field {@code dns} (OpenAPI
     * {@code CertAuthentication}). TTL and class may be missing; a name is a full one with or without the dot at its end.
     *
     * @throws IllegalArgumentException if it is not one line with a TXT or CNAME record
     */
    public static DnsRecord parse(String zoneLine) {
        String line = zoneLine.strip();
        try {
            return read(line);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The DNS record '" + ForeignText.oneLine(line, QUOTED_CHARS) + "' cannot be read: " + reason(e)
                            + ". It must be one line of a zone file, such as _dnsauth.example.com. 300 IN TXT \"abc\"",
                    e);
        }
    }

    private static DnsRecord read(String line) throws IOException {
        if (!line.chars().allMatch(character -> character <= LAST_OF_ASCII)) {
            throw new IllegalArgumentException("it has characters outside of ASCII");
        }
        Tokenizer words = new Tokenizer(line);
        Name name = fullName(nextWord(words));
        Integer ttl = null;
        String word = nextWord(words);
        for (; Type.of(word).isEmpty(); word = nextWord(words)) {
            if (DClass.value(word) != DClass.IN) {
                ttl = ttl(word);
            }
        }
        Type type = Type.of(word).orElseThrow();
        Record record = Record.fromString(name, type.code(), DClass.IN, 0, words, Name.root);
        if (words.get().type() != Tokenizer.EOF) {
            throw new IllegalArgumentException("there is more than one line");
        }
        return new DnsRecord(name.toString(), type, ttl, valueOf(record));
    }

    private static String nextWord(Tokenizer words) throws IOException {
        Tokenizer.Token word = words.get();
        if (!word.isString()) {
            throw new IllegalArgumentException("it ends before its type, TXT or CNAME");
        }
        return word.value();
    }

    Name owner() {
        return fullName(name);
    }

    /** Tells whether a record of the same name and type has this value. */
    boolean hasValueOf(Record other) {
        return other instanceof CNAMERecord alias
                ? alias.getTarget().equals(fullName(value))
                : valueOf(other).equals(value);
    }

    static String valueOf(Record record) {
        return record instanceof TXTRecord text
                ? String.join("", text.getStrings(false))
                : ((CNAMERecord) record).getTarget().toString(true);
    }

    private static Name fullName(String text) {
        try {
            Name name = Name.fromString(text, Name.root);
            if (name.labels() >= FEWEST_LABELS) {
                return name;
            }
        } catch (TextParseException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        throw new IllegalArgumentException("'" + text + "' is not a full name");
    }

    private static int ttl(String word) {
        try {
            return (int) TTL.parseTTL(word);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + word + "' is neither a TTL, nor the class IN, nor TXT or CNAME", e);
        }
    }

    private static String reason(Exception e) {
        String message = String.valueOf(e.getMessage()).replaceFirst("^<none>:[0-9]+: ", "");
        return ForeignText.oneLine(message, QUOTED_CHARS);
    }
}
