package io.jenkins.plugins.sslmanager.engine;

import java.util.Locale;

/** Answers of a service in each protocol, as a test wants them. */
public record Envelopes(Protocol protocol) {

    /** With the parameter that the service sends. */
    public String contentType() {
        return switch (protocol) {
            case JSON -> "application/json;charset=UTF-8";
            case XML -> "text/xml;charset=UTF-8";
        };
    }

    /** An answer that does not say why. */
    public String status(String code, String type) {
        return switch (protocol) {
            case JSON -> "{\"stid\":\"s\",\"status\":{\"code\":\"%s\",\"type\":\"%s\"}}".formatted(code, type);
            case XML ->
                "<response><result><status><code>%s</code><type>%s</type></status></result><stid>s</stid></response>"
                        .formatted(code, type.toLowerCase(Locale.ROOT));
        };
    }

    /** A refusal with its reason. */
    public String refusal(String code, String text) {
        return refusal(code, text, "request", "");
    }

    /** A refusal with its reason and what the reason is about. */
    public String refusal(String code, String text, String objectType, String objectValue) {
        return switch (protocol) {
            case JSON -> """
                    {"stid":"20261124-17","status":{"code":"E1","text":"Fehler bei der Verarbeitung.","type":"ERROR"},
                     "messages":[{"code":"%s","text":"%s","objects":[{"type":"%s","value":"%s"}]}]}
                    """.formatted(code, text, objectType, objectValue);
            case XML -> """
                    <?xml version="1.0" encoding="UTF-8" standalone="no"?><response><result><msg><text>%2$s</text>
                    <code>%1$s</code><type>error</type><object><type>%3$s</type><value>%4$s</value></object></msg>
                    <status><code>E1</code><text>Fehler bei der Verarbeitung.</text><type>error</type></status></result>
                    <stid>20261124-17</stid></response>
                    """.formatted(code, text, objectType, objectValue);
        };
    }

    /** What stands for a job's events in an answer, as a regular expression. */
    public String events() {
        return switch (protocol) {
            case JSON -> "\"events\":\\[[^]]*],";
            case XML -> "<events>.*?</events>";
        };
    }

    /** What stands for a CSR in an answer, as a regular expression. */
    public String csr() {
        return switch (protocol) {
            case JSON -> "\"csr\":\"[^\"]*\",";
            case XML -> "(?s)<csr>.*?</csr>";
        };
    }
}
