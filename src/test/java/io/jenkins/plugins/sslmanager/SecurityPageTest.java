package io.jenkins.plugins.sslmanager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever reads the page about security can look up what it says, and whoever copies an example is as safe as it says. */
class SecurityPageTest {

    private static final Path PAGE = Path.of("docs/security.md");
    private static final Path TESTS = Path.of("src/test/java");

    /** {@code Class}, {@code Class.method}, or {@code method} of the class before. */
    private static final Pattern NAMED =
            Pattern.compile("`(?:[a-z/]+/)?(?:([A-Z]\\w+Test)(?:\\.(\\w+))?|([a-z]\\w+))`");

    @Test
    void eachRowNamesTestsThatThereAre() throws IOException {
        List<String> rows = Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.startsWith("| Pattern |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
        assertTrue(rows.size() > 40, "rows: " + rows.size());

        List<String> missing = new ArrayList<>();
        for (String row : rows) {
            missing.addAll(missing(row));
        }

        assertEquals("", String.join("\n", missing));
    }

    @Test
    void noExampleWritesAKeyToWhereJenkinsShowsIt() throws IOException {
        Pattern keyFile = Pattern.compile("(?m)^(?![|]).*?keyFile(?::|\\() ?(['\"].*)");
        List<String> examples = new ArrayList<>();
        try (Stream<Path> pages = Stream.concat(Stream.of(Path.of("README.md")), Files.walk(PAGE.getParent()))) {
            for (Path page :
                    pages.filter(path -> path.toString().endsWith(".md")).toList()) {
                Matcher example = keyFile.matcher(Files.readString(page));
                while (example.find()) {
                    examples.add(example.group(1));
                }
            }
        }

        assertTrue(examples.size() >= 3, examples::toString);
        assertEquals(
                List.of(),
                examples.stream()
                        .filter(path -> !path.startsWith("\"$WORKSPACE_TMP/") && !path.startsWith("'$WORKSPACE_TMP/"))
                        .toList());
    }

    private static List<String> missing(String row) throws IOException {
        Matcher named = NAMED.matcher(row.substring(row.lastIndexOf('|', row.length() - 2)));
        List<String> missing = new ArrayList<>();
        String testClass = null;
        while (named.find()) {
            testClass = named.group(1) == null ? testClass : named.group(1);
            String method = named.group(2) == null ? named.group(3) : named.group(2);
            if (!"testConnection".equals(method) && !exists(testClass, method)) {
                missing.add(testClass + "." + method);
            }
        }
        return testClass == null ? List.of("no test in: " + row) : missing;
    }

    private static boolean exists(String testClass, String method) throws IOException {
        try (Stream<Path> all = Files.walk(TESTS)) {
            for (Path file :
                    all.filter(path -> path.endsWith(testClass + ".java")).toList()) {
                if (method == null || Files.readString(file).contains("void " + method + "(")) {
                    return true;
                }
            }
        }
        return false;
    }
}
