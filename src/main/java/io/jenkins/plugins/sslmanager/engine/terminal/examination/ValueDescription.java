package io.jenkins.plugins.sslmanager.engine.terminal.examination;

import io.jenkins.plugins.sslmanager.engine.api.SslManagerApi;
import io.jenkins.plugins.sslmanager.engine.dns.DnsRecord;
import io.jenkins.plugins.sslmanager.engine.pki.Pem;
import io.jenkins.plugins.sslmanager.engine.pki.PkiException;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a report tells of a value. Only words of the service's vocabulary are told as they are, and only in fields that hold
 * such words; of everything else, what kind of thing it is, and a pseudonym.
 */
final class ValueDescription {

    /** Fields whose values are words of the service, in lower case and without underscores. */
    private static final Set<String> WORD_FIELDS = Set.of(
            "action",
            "algorithm",
            "businesscase",
            "catype",
            "certificatetransparencyprivacy",
            "certificatetype",
            "code",
            "eccurve",
            "method",
            "product",
            "reissuestatus",
            "scope",
            "sha",
            "signaturehashalgorithm",
            "software",
            "status",
            "step",
            "substatus",
            "subtype",
            "type",
            "unit");

    private static final Set<String> SIZE_FIELDS = Set.of("keysize", "lifetime", "period", "summary", "vertex");

    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,59}|[A-Z]{0,3}[0-9]{2,9}");
    private static final Pattern FLAG = Pattern.compile("true|false|[01]");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+");
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,6}");

    private static final Pattern DATE = Pattern.compile(
            "([0-9]{4}-[0-9]{2}-[0-9]{2})([T ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?");

    private static final Pattern MAIL_ADDRESS = Pattern.compile("[^\\s@]+@[^\\s@]+");

    private static final Pattern DNS_NAME =
            Pattern.compile("(?:\\*\\.)?[\\p{L}\\p{M}\\p{N}_-]++(?:\\.[\\p{L}\\p{M}\\p{N}_-]++)++\\.?");

    private static final Pattern ZONE_LINE = Pattern.compile("\\S+\\s.*\\b(?:TXT|CNAME)\\s.+", Pattern.DOTALL);

    private static final Pattern PEM_LABEL = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----");

    /** Parts of the address of a file that proves control. */
    private static final Set<String> FILE_PARTS =
            Set.of("http:", "https:", "", ".well-known", "pki-validation", "acme-challenge", "fileauth.txt");

    private final Pseudonyms pseudonyms;
    private final LocalDate today;

    ValueDescription(Pseudonyms pseudonyms, Instant now) {
        this.pseudonyms = pseudonyms;
        today = LocalDate.ofInstant(now, SslManagerApi.TIME_ZONE);
    }

    String of(String field, String value) {
        String plainField = field.replace("_", "").toLowerCase(Locale.ROOT);
        if (value.isBlank()) {
            return "(empty)";
        }
        if (FLAG.matcher(value).matches()
                || WORD_FIELDS.contains(plainField) && WORD.matcher(value).matches()
                || SIZE_FIELDS.contains(plainField) && SIZE.matcher(value).matches()) {
            return value;
        }
        Matcher date = DATE.matcher(value);
        if (date.matches()) {
            return date(value, date);
        }
        if (PEM_LABEL.matcher(value).find()) {
            return pem(value);
        }
        if (ZONE_LINE.matcher(value).matches()) {
            return zoneLine(value);
        }
        return identifier(value);
    }

    private String identifier(String value) {
        if (MAIL_ADDRESS.matcher(value).matches()) {
            return pseudonyms.mailAddress(value);
        }
        if (value.contains("/.well-known/")) {
            return Arrays.stream(value.split("/", -1)).map(this::filePart).collect(Collectors.joining("/"));
        }
        if (NUMBER.matcher(value).matches()) {
            return pseudonyms.number(value);
        }
        return DNS_NAME.matcher(value).matches() ? pseudonyms.name(value) : pseudonyms.text(value);
    }

    private String filePart(String part) {
        return FILE_PARTS.contains(part) ? part : identifier(part);
    }

    private String date(String value, Matcher date) {
        String form = date.replaceFirst("yyyy-mm-dd$2$3");
        String shown = form.substring(0, form.length() - length(date.group(3))).replaceAll("[0-9]", "9")
                + (date.group(3) == null ? "" : date.group(3));
        try {
            long days = ChronoUnit.DAYS.between(today, LocalDate.parse(date.group(1)));
            return shown + (days == 0 ? ", today" : days < 0 ? ", " + -days + " days ago" : ", in " + days + " days");
        } catch (DateTimeException e) {
            return pseudonyms.text(value);
        }
    }

    private static int length(String group) {
        return group == null ? 0 : group.length();
    }

    private static String pem(String value) {
        try {
            return "PEM: "
                    + Pem.certificates(value).stream()
                            .map(ValueDescription::kind)
                            .collect(Collectors.joining(", "));
        } catch (PkiException e) {
            return "PEM: "
                    + PEM_LABEL
                            .matcher(value)
                            .results()
                            .map(label -> label.group(1).toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
        }
    }

    private static String kind(X509Certificate certificate) {
        if (certificate.getBasicConstraints() < 0) {
            return "leaf";
        }
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
                ? "root"
                : "intermediate";
    }

    private String zoneLine(String value) {
        try {
            DnsRecord record = DnsRecord.parse(value);
            return pseudonyms.name(record.name()) + (record.ttl() == null ? "" : " " + record.ttl()) + " "
                    + record.type() + " " + identifier(record.value());
        } catch (IllegalArgumentException e) {
            return pseudonyms.text(value) + ", no line of a zone file";
        }
    }
}
