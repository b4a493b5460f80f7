package io.jenkins.plugins.sslmanager.engine.xml;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The further names of a certificate, which an answer may spell in more than one way: no page of the service shows how it does.
 * Taken are {@code san}, {@code subject_alternative_name} and {@code subject_alternative_names}, each with text, with
 * {@code name} inside or with one of the others inside, and as often as they come. All of them become {@code san} with
 * {@code name} inside, as the process page orders it.
 */
final class FurtherNames {

    private static final String SAN = "san";
    private static final String NAME = "name";
    private static final String TYPE = "type";

    private static final Pattern SEPARATOR = Pattern.compile("[,;\\s]+");

    /** Without regard to case and underscores. */
    private static final Set<String> SPELLINGS =
            Set.of(SAN, "sans", "subjectalternativename", "subjectalternativenames");

    private FurtherNames() {}

    /** Rewrites each object of a document that has further names. */
    static void unify(JsonNode document) {
        if (document instanceof ObjectNode object) {
            unifyNamesOf(object);
        }
        document.forEach(FurtherNames::unify);
    }

    private static boolean isSpelling(String element) {
        return SPELLINGS.contains(element.replace("_", "").toLowerCase(Locale.ROOT));
    }

    private static void unifyNamesOf(ObjectNode object) {
        List<String> spellings =
                object.propertyNames().stream().filter(FurtherNames::isSpelling).toList();
        if (!spellings.isEmpty()) {
            // A set, since an answer may have the same name in two spellings.
            Set<JsonNode> names = new LinkedHashSet<>();
            spellings.forEach(spelling -> collect(object.get(spelling), names));
            object.remove(spellings);
            object.putArray(SAN).addAll(names);
        }
    }

    private static void collect(JsonNode node, Set<JsonNode> names) {
        if (node.isArray()) {
            node.forEach(each -> collect(each, names));
        } else if (node.isObject()) {
            collectOf(node, names);
        } else {
            SEPARATOR.splitAsStream(node.asString().strip()).forEach(name -> names.add(entry(name, null)));
        }
    }

    private static void collectOf(JsonNode object, Set<JsonNode> names) {
        JsonNode type = object.get(TYPE);
        object.forEachEntry((element, value) -> {
            if (element.equals(NAME) && value.isString()) {
                names.add(entry(value.asString().strip(), type));
            } else if (element.equals(NAME) || isSpelling(element)) {
                collect(value, names);
            }
        });
    }

    private static ObjectNode entry(String name, @CheckForNull JsonNode type) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        if (type != null) {
            entry.set(TYPE, type);
        }
        return entry.put(NAME, name);
    }
}
