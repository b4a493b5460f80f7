package io.jenkins.plugins.sslmanager.steps;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Stream;
import org.jvnet.hudson.test.JenkinsRule;

/** What Jenkins has kept of a secret: all of its home, but for workspaces, agents and what it is made of. */
final class Traces {

    private Traces() {}

    static void assertNoneOfKey(JenkinsRule jenkins, String pem) throws IOException {
        String base64 = pem.lines().filter(line -> !line.startsWith("-")).reduce("", String::concat);
        byte[] der = Base64.getDecoder().decode(base64);
        assertNone(jenkins, pem.lines().skip(2).findFirst().orElseThrow());
        assertNone(jenkins, new String(der, der.length / 2, 48, StandardCharsets.ISO_8859_1));
    }

    static void assertNone(JenkinsRule jenkins, String secret) throws IOException {
        Path home = jenkins.jenkins.getRootDir().toPath();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(home.resolve("workspace")))
                    .filter(file -> !file.startsWith(home.resolve("agent-work-dirs")))
                    .filter(file -> !file.startsWith(home.resolve("plugins")))
                    .filter(file -> !file.startsWith(home.resolve("war")))
                    .toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(file.toString(), content, not(containsString(secret)));
            }
        }
    }
}
