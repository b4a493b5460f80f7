package io.jenkins.plugins.sslmanager.freestyle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever writes a script by the help beside a freestyle step finds there only variables that a step sets. */
class VariablesInHelpTest {

    private static final Path HELP = Path.of("src/main/resources/io/jenkins/plugins/sslmanager/freestyle");

    private static final Pattern NAME = Pattern.compile("SSL_[A-Z0-9_]+");

    /** The facts of a certificate and its files are named by what they are, without a list. */
    private static final Pattern FACT = Pattern.compile(
            "SSL_CERTIFICATE_(SERIAL_NUMBER|SHA256_FINGERPRINT|NOT_AFTER|DAYS_LEFT|LEAF_FILE|CHAIN_FILE|FULLCHAIN_FILE)");

    @Test
    void helpNamesNoVariableThatNoStepSets() throws IOException {
        List<String> named;
        try (Stream<Path> files = Files.walk(HELP)) {
            named = files.filter(file -> file.getFileName().toString().endsWith(".html"))
                    .flatMap(VariablesInHelpTest::names)
                    .distinct()
                    .toList();
        }
        List<String> set = Arrays.stream(Variable.values()).map(Variable::name).toList();
        assertFalse(named.isEmpty());
        assertEquals(
                List.of(),
                named.stream()
                        .filter(name ->
                                !set.contains(name) && !FACT.matcher(name).matches())
                        .toList());
    }

    private static Stream<String> names(Path file) {
        try {
            return NAME.matcher(Files.readString(file)).results().map(MatchResult::group);
        } catch (IOException e) {
            throw new AssertionError("Cannot read " + file, e);
        }
    }
}
