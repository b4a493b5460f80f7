package io.jenkins.plugins.sslmanager.engine.terminal.examination;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The fields of an answer, a line each, with what may be told of their values. */
final class AnswerOutline {

    private static final int SHOWN_ENTRIES = 3;

    private final Pseudonyms pseudonyms;
    private final ValueDescription values;
    private final List<String> lines = new ArrayList<>();

    AnswerOutline(Pseudonyms pseudonyms, ValueDescription values) {
        this.pseudonyms = pseudonyms;
        this.values = values;
    }

    List<String> of(JsonNode answer) {
        lines.clear();
        fields(answer, "");
        return List.copyOf(lines);
    }

    private void fields(JsonNode object, String indentation) {
        object.forEachEntry((field, value) -> describe(field, value, indentation));
    }

    private void describe(String field, JsonNode value, String indentation) {
        String name = pseudonyms.field(field);
        if (value.isArray()) {
            for (int i = 0; i < Math.min(value.size(), SHOWN_ENTRIES); i++) {
                describe(name, value.get(i), " " + (i + 1) + " of " + value.size(), indentation);
            }
            if (value.isEmpty()) {
                lines.add(indentation + name + ": none");
            }
        } else {
            describe(name, value, "", indentation);
        }
    }

    private void describe(String name, JsonNode value, String which, String indentation) {
        if (value.isContainer()) {
            lines.add(indentation + name + which);
            fields(value, indentation + "  ");
        } else {
            lines.add(
                    indentation + name + which + ": " + (value.isNull() ? "null" : values.of(name, value.asString())));
        }
    }
}
