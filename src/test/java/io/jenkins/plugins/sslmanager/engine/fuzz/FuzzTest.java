package io.jenkins.plugins.sslmanager.engine.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Some texts of {@code bin/fuzz}, always the same, and readers that it must find. */
class FuzzTest {

    private static final int TEXTS = 5_000;

    @Test
    void whateverOthersWriteIsReadOrRefused() {
        List<Fuzz.Finding> findings = Fuzz.run(ForeignReaders.all(), 1, TEXTS);

        assertEquals(
                "", String.join("\n\n", findings.stream().map(Object::toString).toList()));
    }

    @Test
    void patternThatRecursesIsFound() {
        Pattern recursing = Pattern.compile("(?:a|b|\\s|\\S)*");

        List<Fuzz.Finding> findings =
                found(text -> recursing.matcher(new String(text, UTF_8)).matches());

        assertFalse(findings.isEmpty());
        assertInstanceOf(StackOverflowError.class, findings.get(0).failure());
    }

    @Test
    void failureThatNobodyHasForeseenIsFound() {
        List<Fuzz.Finding> findings = found(text -> {
            if (text.length % 2 == 0) {
                throw new IndexOutOfBoundsException();
            }
        });

        assertFalse(findings.isEmpty());
    }

    @Test
    void cellThatIsAFormulaOrEndsTooEarlyIsFound() {
        assertFound(fields -> fields.map(field -> '"' + field.replace("\"", "\"\"") + '"'), "A formula");
        assertFound(fields -> fields.map(field -> "\"'" + field + '"'), "a cell ");
    }

    private static void assertFound(UnaryOperator<Stream<String>> quoting, String finding) {
        ForeignReader planted =
                CsvReader.of(fields -> quoting.apply(fields).collect(Collectors.joining(",", "", "\r\n")));

        assertTrue(Fuzz.run(List.of(planted), 1, 200).stream()
                .anyMatch(found -> found.failure().getMessage().contains(finding)));
    }

    private static List<Fuzz.Finding> found(ForeignReader.Reading reading) {
        return Fuzz.run(
                List.of(new ForeignReader("planted", List.of("abc".repeat(100).getBytes(UTF_8)), reading)), 1, 200);
    }
}
