package io.jenkins.plugins.sslmanager;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hudson.Functions;
import io.jenkins.plugins.sslmanager.account.SslManagerAccount;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.jvnet.localizer.LocaleProvider;

/** Whoever reads German finds every text in German. */
class LanguagesTest {

    /** As Stapler finds them: the whole of an expression up to its arguments, or a literal within one. */
    private static final Pattern KEY_IN_A_VIEW = Pattern.compile("(?<=\\$\\{%)[^(}]+|(?<='%)[^']+(?=')");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d+");
    private static final Pattern LITERAL = Pattern.compile("<(code|pre)>.*?</\\1>");

    static List<Path> messages() throws IOException {
        return resources("Messages\\.properties");
    }

    static List<Path> views() throws IOException {
        List<Path> withTexts = new ArrayList<>();
        for (Path view : resources(".+\\.jelly")) {
            if (!found(KEY_IN_A_VIEW, view).isEmpty()) {
                withTexts.add(view);
            }
        }
        return withTexts;
    }

    static List<Path> helps() throws IOException {
        return resources("help(-[A-Za-z]+)?\\.html");
    }

    @ParameterizedTest
    @MethodSource("messages")
    void everyMessageIsInGerman(Path messages) throws IOException {
        Properties english = texts(messages);
        assertTranslated(english.stringPropertyNames(), english, texts(beside(messages, "_de.properties")));
    }

    @ParameterizedTest
    @MethodSource("views")
    void everyTextOfAViewIsInGerman(Path view) throws IOException {
        Path english = beside(view, ".properties");
        assertTranslated(
                found(KEY_IN_A_VIEW, view),
                Files.exists(english) ? texts(english) : new Properties(),
                texts(beside(view, "_de.properties")));
    }

    @ParameterizedTest
    @MethodSource("helps")
    void everyHelpIsInGermanWithTheSameNamesAndExamples(Path help) throws IOException {
        assertEquals(found(LITERAL, help), found(LITERAL, beside(help, "_de.html")));
    }

    @Test
    void nothingIsInGermanThatIsNoMore() throws IOException {
        Stream<Path> expected = Stream.concat(
                Stream.concat(messages().stream(), views().stream()).map(of -> beside(of, "_de.properties")),
                helps().stream().map(of -> beside(of, "_de.html")));
        assertEquals(expected.sorted().toList(), resources(".+_de\\.(properties|html)"));
    }

    @Test
    @WithJenkins
    void whoeverAsksForGermanGetsIt(JenkinsRule jenkins) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient();
        client.addRequestHeader("Accept-Language", "de");
        String help = client.executeOnServer(
                () -> jenkins.jenkins.getDescriptor(SslManagerAccount.class).getHelpFile("url"));
        LocaleProvider ofTheTest = LocaleProvider.getProvider();
        LocaleProvider.setProvider(new LanguageOfTheRequest());
        try {
            assertShows(client, "ssl-certificates/", "Zertifikate", "Sie werden hier aufgeführt, sobald");
            assertShows(client, "manage/configure", "Konto hinzufügen");
            assertShows(client, help.substring(1), "im gewählten Protokoll");
        } finally {
            LocaleProvider.setProvider(ofTheTest);
        }
    }

    /** As a Jenkins outside of tests sets it: {@code hudson.WebAppMain}. */
    private static final class LanguageOfTheRequest extends LocaleProvider {
        @Override
        public Locale get() {
            return Functions.getCurrentLocale();
        }
    }

    private static void assertShows(JenkinsRule.WebClient client, String page, String... texts) throws Exception {
        String shown = client.goTo(page, "text/html").getWebResponse().getContentAsString();
        for (String text : texts) {
            assertThat(page, shown, containsString(text));
        }
    }

    private static void assertTranslated(Set<String> keys, Properties english, Properties german) {
        assertEquals(keys, new TreeSet<>(german.stringPropertyNames()));
        for (String key : keys) {
            String text = german.getProperty(key);
            assertFalse(text.isBlank(), key);
            assertEquals(found(PLACEHOLDER, english.getProperty(key, key)), found(PLACEHOLDER, text), key);
        }
    }

    /** Of a file in ASCII, since some readers of such files take them for UTF-8 and others for Latin-1. */
    private static Properties texts(Path file) throws IOException {
        Properties texts = new Properties();
        try (Reader reader = Files.newBufferedReader(file, US_ASCII)) {
            texts.load(reader);
        }
        return texts;
    }

    private static Set<String> found(Pattern pattern, Path file) throws IOException {
        return found(pattern, Files.readString(file).replaceAll("\\s+", " "));
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Path beside(Path file, String ending) {
        return file.resolveSibling(file.getFileName().toString().replaceFirst("\\.[a-z]+$", ending));
    }

    private static List<Path> resources(String name) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources"))) {
            return files.filter(file -> file.getFileName().toString().matches(name))
                    .sorted()
                    .toList();
        }
    }
}
