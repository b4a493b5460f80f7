package io.jenkins.plugins.sslmanager.deployment;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.AbortException;
import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.sslmanager.engine.pki.CertificateChain;
import io.jenkins.plugins.sslmanager.engine.served.TlsServer.Identity;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentFilesTest {

    @TempDir
    private Path folder;

    private final byte[] key = "the key".getBytes(US_ASCII);
    private final DeploymentFiles.Write write =
            new DeploymentFiles.Write("build7-", "build7-step3", new LinkedHashMap<>(Map.of("privkey.pem", key)));

    @Test
    void keyIsInItsFileAndNoLongerInMemory() throws Exception {
        write.invoke(folder.toFile(), null);

        assertEquals("the key", Files.readString(folder.resolve("build7-step3/privkey.pem")));
        assertArrayEquals(new byte[key.length], key);
    }

    @Test
    void keyThatCannotBeWrittenIsNoLongerInMemoryEither() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThrows(IOException.class, () -> write.invoke(file.toFile(), null));

        assertArrayEquals(new byte[key.length], key);
    }

    @Test
    void keyDoesNotStayWhereTheRestCannotBeWritten() throws Exception {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        contents.put("privkey.pem", key);
        contents.put("missing/keystore.p12", key.clone());
        DeploymentFiles.Write failing =
                new DeploymentFiles.Write("build7-", "build7-step3", new LinkedHashMap<>(contents));

        assertThrows(IOException.class, () -> failing.invoke(folder.toFile(), null));

        assertFalse(Files.exists(folder.resolve("build7-step3")));
    }

    @Test
    void filesOfBuildsThatWereKilledAreDeletedAndThoseOfTheSameBuildAreNot() throws Exception {
        Path left = Files.createDirectory(folder.resolve("build6-step3"));
        Files.createFile(left.resolve("privkey.pem"));
        Path beside = Files.createDirectory(folder.resolve("build7-step2"));

        write.invoke(folder.toFile(), null);

        assertFalse(Files.exists(left));
        assertTrue(Files.exists(beside));
    }

    @ParameterizedTest
    @ValueSource(strings = {"job@tmp", "job@tmp/ssl-manager"})
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Links need a privilege there")
    void noKeyIsWrittenBehindALink(String link) throws Exception {
        Path shown = Files.createDirectories(folder.resolve("job/ssl-manager"));
        Path place = folder.resolve(link);
        Files.createDirectories(place.getParent());
        Files.createSymbolicLink(place, shown);

        AbortException refused = assertThrows(
                AbortException.class,
                () -> write.invoke(folder.resolve("job@tmp/ssl-manager").toFile(), null));

        assertTrue(refused.getMessage().startsWith("'" + place + "' is a link"), refused.getMessage());
        assertTrue(FileUtils.isEmptyDirectory(shown.toFile()));
    }

    /** An agent can send a path that means a folder of the controller. */
    @Test
    void folderThatAnAgentNamesIsNotDeletedOnTheController() throws Exception {
        Path ofTheController = Files.createDirectories(folder.resolve("secrets"));
        VirtualChannel lying = (VirtualChannel) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {VirtualChannel.class},
                (proxy, method, arguments) ->
                        "call".equals(method.getName()) ? List.of(new FilePath(ofTheController.toFile())) : null);
        Identity identity = Identity.of("www.example.com");
        DeployableCertificate certificate = new DeployableCertificate(
                identity.keys().getPrivate(), CertificateChain.of(identity.leaf(), List.of()));

        DeploymentFiles.write(new FilePath(lying, "/home/agent/workspace/job"), "build7", "step3", certificate, null);

        assertTrue(Files.exists(ofTheController));
    }
}
