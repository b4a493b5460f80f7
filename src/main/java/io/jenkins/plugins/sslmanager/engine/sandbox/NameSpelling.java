package io.jenkins.plugins.sslmanager.engine.sandbox;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How the sandbox spells the further names of a certificate over XML, since no page of the service shows how it does. */
public enum NameSpelling {
    /** Objects in certificates and texts in PrepareOrder's answer, as in the process page's requests. */
    SAN("", "", ""),
    SAN_TEXT("", "<san>%s</san>", ""),
    SAN_NAME("", "<san><name>%s</name></san>", ""),
    SAN_OF_NAMES("<san>", "<name>%s</name>", "</san>"),
    SUBJECT_ALTERNATIVE_NAME_TEXT("", "<subject_alternative_name>%s</subject_alternative_name>", ""),
    SUBJECT_ALTERNATIVE_NAME("", "<subject_alternative_name><name>%s</name></subject_alternative_name>", ""),
    SUBJECT_ALTERNATIVE_NAMES_TEXT("", "<subject_alternative_names>%s</subject_alternative_names>", ""),
    SUBJECT_ALTERNATIVE_NAMES("", "<subject_alternative_names><name>%s</name></subject_alternative_names>", ""),
    SUBJECT_ALTERNATIVE_NAMES_OF_NAMES(
            "<subject_alternative_names>", "<name>%s</name>", "</subject_alternative_names>"),
    NESTED_TEXT(
            "<subject_alternative_names>",
            "<subject_alternative_name>%s</subject_alternative_name>",
            "</subject_alternative_names>"),
    NESTED(
            "<subject_alternative_names>",
            "<subject_alternative_name><name>%s</name></subject_alternative_name>",
            "</subject_alternative_names>"),
    NESTED_SAN("<subject_alternative_names>", "<san>%s</san>", "</subject_alternative_names>");

    private static final Pattern WRITTEN =
            Pattern.compile("(?:<san>(?:(?:<type>[^<]*</type>)?<name>[^<]*</name>|[^<]*)</san>)++");
    private static final Pattern NAME = Pattern.compile("<(?:san|name)>([^<]+)<");

    private final String before;
    private final String each;
    private final String after;

    NameSpelling(String before, String each, String after) {
        this.before = before;
        this.each = each;
        this.after = after;
    }

    /** @param document as the codec writes it */
    public String respell(String document) {
        return this == SAN
                ? document
                : WRITTEN.matcher(document).replaceAll(names -> Matcher.quoteReplacement(spelled(names.group())));
    }

    private String spelled(String names) {
        return NAME.matcher(names)
                .results()
                .map(name -> each.formatted(name.group(1)))
                .collect(Collectors.joining("", before, after));
    }
}
