package io.jenkins.plugins.sslmanager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every pattern, with texts that are long enough to fill a stack, or to take for ever, if a pattern lets them. */
class PatternsTest {

    private static final int LONG = 100_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What is repeated, up to a character that no pattern takes. */
    private static final List<String> REPEATED = List.of(
            "a",
            "a.",
            "a-",
            "a_",
            "1",
            "1.",
            ".",
            "-",
            "*",
            "/",
            "a/",
            " ",
            "\t",
            "\"",
            "\\",
            "'",
            "=",
            ":",
            "%",
            "\n",
            "\u001b[",
            "-----BEGIN ",
            "a TXT ",
            "2026-11-27 ",
            "@a",
            "<san>a</san>",
            "<san><type>DNS</type><name>a</name></san>");

    /** Patterns for texts that are measured before: no name of the DNS has more than 253 characters. */
    private static final Set<String> OF_SHORT_TEXTS = Set.of("DnsNames.DNS_NAME");

    @Test
    void noPatternFillsTheStackOrTakesForEver() throws Exception {
        Map<String, Pattern> patterns = patterns();
        assertTrue(patterns.size() > 30, patterns.keySet().toString());

        List<String> findings = new ArrayList<>();
        for (Map.Entry<String, Pattern> pattern : patterns.entrySet()) {
            if (!OF_SHORT_TEXTS.contains(pattern.getKey())) {
                for (String repeated : REPEATED) {
                    findings.addAll(finding(pattern.getKey(), pattern.getValue(), repeated));
                }
            }
        }

        assertEquals("", String.join("\n", findings));
    }

    /** Each in a thread of its own, whose stack is as deep as a worker's. */
    private static List<String> finding(String name, Pattern pattern, String repeated) throws Exception {
        String text = repeated.repeat(LONG / repeated.length()) + '\0';
        CompletableFuture<Boolean> read = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try {
                read.complete(
                        pattern.matcher(text).matches() || pattern.matcher(text).lookingAt());
            } catch (Throwable e) {
                read.completeExceptionally(e);
            }
        });
        reader.setDaemon(true);
        reader.start();
        try {
            read.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return List.of();
        } catch (ExecutionException e) {
            return List.of(name + " with '" + repeated + "': " + e.getCause());
        } catch (TimeoutException e) {
            return List.of(name + " with '" + repeated + "' takes too long");
        }
    }

    private static Map<String, Pattern> patterns() throws ReflectiveOperationException {
        Map<String, Pattern> patterns = new TreeMap<>();
        for (var type : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.jenkins.plugins.sslmanager")) {
            for (JavaField field : type.getFields()) {
                if (field.getRawType().isEquivalentTo(Pattern.class)) {
                    Field pattern = field.reflect();
                    pattern.setAccessible(true);
                    String name = type.getSimpleName() + '.' + field.getName();
                    if (field.getModifiers().contains(JavaModifier.STATIC)) {
                        patterns.put(name, (Pattern) pattern.get(null));
                    } else {
                        for (Object constant : type.reflect().getEnumConstants()) {
                            patterns.put(name + '.' + constant, (Pattern) pattern.get(constant));
                        }
                    }
                }
            }
        }
        return patterns;
    }
}
