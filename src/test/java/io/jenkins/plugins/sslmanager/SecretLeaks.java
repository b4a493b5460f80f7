package io.jenkins.plugins.sslmanager;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import com.cloudbees.jenkins.support.SupportPlugin;
import com.cloudbees.jenkins.support.impl.CustomLogs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * What Jenkins has kept of a secret: all of its home, but for workspaces, agents and what it is made of; and what it
 * tells of itself in a support bundle.
 */
public final class SecretLeaks {

    private static final Set<String> MADE_OF = Set.of("plugins", "war");
    private static final Set<String> LEFT_OUT = Set.of("workspace", "agent-work-dirs", "plugins", "war");

    private SecretLeaks() {}

    public static void assertNoneOfKey(JenkinsRule jenkins, String pem) throws IOException {
        for (String part : ofKey(pem)) {
            assertNone(jenkins, part);
        }
    }

    /** What shows that a text holds the key: a line of its PEM form, and bytes of its DER form. */
    public static List<String> ofKey(String pem) {
        String base64 = pem.lines().filter(line -> !line.startsWith("-")).reduce("", String::concat);
        byte[] der = Base64.getDecoder().decode(base64);
        return List.of(
                pem.lines().skip(2).findFirst().orElseThrow(),
                new String(der, der.length / 2, Math.min(48, der.length / 2), StandardCharsets.ISO_8859_1));
    }

    /** Contents by name of all that a support bundle can be asked for, also of what is not in it by default. */
    public static Map<String, String> supportBundle() throws IOException {
        // Otherwise a log recorder's lines are written every three seconds.
        CustomLogs.LogFlusher.flush();
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        SupportPlugin.writeBundle(bundle, SupportPlugin.getComponents());
        Map<String, String> contents = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bundle.toByteArray()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                contents.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    /** The same with workspaces and agents. */
    public static void assertNoneOfKeyAnywhere(JenkinsRule jenkins, String pem) throws IOException {
        for (String part : ofKey(pem)) {
            assertNone(jenkins, part, MADE_OF);
        }
    }

    public static void assertNone(JenkinsRule jenkins, String secret) throws IOException {
        assertNone(jenkins, secret, LEFT_OUT);
    }

    private static void assertNone(JenkinsRule jenkins, String secret, Set<String> leftOut) throws IOException {
        Path home = jenkins.jenkins.getRootDir().toPath();
        Files.walkFileTree(home, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return home.equals(directory.getParent())
                                && leftOut.contains(directory.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                try {
                    String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                    assertThat(file.toString(), content, not(containsString(secret)));
                } catch (NoSuchFileException e) {
                    return visitFileFailed(file, e);
                }
                return FileVisitResult.CONTINUE;
            }

            /** Jenkins goes on writing its files by way of temporary ones. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
    }
}
