package io.jenkins.plugins.sslmanager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Forms, messages and help keep to the words of docs/glossary.md, and to English and German as natives write them. */
class WordsTest {

    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Path CODE = Path.of("src/main/java");

    /** Each with what to write in its place. */
    private static final List<Word> ENGLISH = List.of(
            new Word("\\bis none\\b", "Unknown … '…'. Use one of …"),
            new Word("(?<!here )\\b(?:is|are) no (?!longer|more)", "is not a"),
            new Word("\\bshall\\b", "must, or the imperative"),
            new Word("\\bwhom\\b", "who"),
            new Word("(?<=\\s)(?-i:ids?)(?=[\\s,.)]|$)", "ID"),
            new Word("\\bInterNetX'(?!'?s)", "InterNetX's"),
            new Word("\\ball the same\\b", "anyway"),
            new Word("\\bthe second factor's secret\\b|\\bSecret of the second factor\\b", "TOTP secret (2FA)"));

    private static final List<Word> GERMAN = List.of(
            new Word("\\b(?:dieses?|diesem) Jenkins\\b(?!-)", "diese Jenkins-Instanz"),
            new Word("\\bvergessen\\b", "aus der Liste entfernen"),
            new Word("\\bAblage von\\b", "Zugangsdatenspeicher"),
            new Word("\\bGeheimnis des zweiten Faktors\\b", "TOTP-Schlüssel (2FA)"));

    private record Word(Pattern avoided, String better) {

        Word(String avoided, String better) {
            this(Pattern.compile(avoided, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE), better);
        }
    }

    @Test
    void messagesLabelsAndHelpKeepToTheGlossary() {
        List<String> found = new ArrayList<>();
        int texts = 0;
        for (Path file : files()) {
            for (String text : texts(file)) {
                texts++;
                for (Word word : isGerman(file) ? GERMAN : ENGLISH) {
                    Matcher matcher = word.avoided().matcher(text);
                    if (matcher.find()) {
                        found.add(RESOURCES.relativize(file) + ": '" + matcher.group() + "' in \"" + text.strip()
                                + "\", better: " + word.better());
                    }
                }
            }
        }
        assertTrue(texts > 500, "looked at " + texts);
        assertEquals(List.of(), found);
    }

    /** Logs, errors and the terminal are in the code. */
    @Test
    void messagesOfTheCodeKeepToTheGlossary() {
        List<String> found = new ArrayList<>();
        Pattern literal = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"");
        int texts = 0;
        for (Path file : files(CODE, ".*\\.java")) {
            for (Matcher text = literal.matcher(read(file).replaceAll("(?m)^ *(?:/?[*]|//).*", "")); text.find(); ) {
                texts++;
                for (Word word : ENGLISH) {
                    if (text.group(1).contains(" ")
                            && word.avoided().matcher(text.group(1)).find()) {
                        found.add(CODE.relativize(file) + ": " + text.group() + ", better: " + word.better());
                    }
                }
            }
        }
        assertTrue(texts > 2_000, "looked at " + texts);
        assertEquals(List.of(), found);
    }

    @Test
    void labelsAreShortAndEndWithoutFullStop() {
        List<String> found = new ArrayList<>();
        Pattern label = Pattern.compile("<f:(?:entry|checkbox|section|advanced)[^>]*title=\"\\$\\{%([^}(]+)}\"");
        int labels = 0;
        for (Path file : files()) {
            if (file.toString().endsWith(".jelly")) {
                Matcher matcher = label.matcher(read(file));
                while (matcher.find()) {
                    labels++;
                    if (matcher.group(1).endsWith(".") || matcher.group(1).length() > 60) {
                        found.add(RESOURCES.relativize(file) + ": " + matcher.group(1));
                    }
                }
            }
        }
        assertTrue(labels > 50, "looked at " + labels);
        assertEquals(List.of(), found);
    }

    private static boolean isGerman(Path file) {
        return file.getFileName().toString().contains("_de.");
    }

    private static List<Path> files() {
        return files(RESOURCES, ".*\\.(properties|html|jelly)");
    }

    private static List<Path> files(Path folder, String names) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().matches(names)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of Jelly only what is translated; of the rest, what people read. */
    private static List<String> texts(Path file) {
        String content = read(file);
        if (file.toString().endsWith(".html")) {
            return List.of(content.replaceAll("(?s)<(?:pre|code)>.*?</(?:pre|code)>", "…")
                    .replaceAll("<[^>]+>", " "));
        }
        if (file.toString().endsWith(".jelly")) {
            return Pattern.compile("\\$\\{%([^}(]+)[}(]")
                    .matcher(content)
                    .results()
                    .map(result -> result.group(1))
                    .toList();
        }
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.values().stream().map(Object::toString).toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
