package io.jenkins.plugins.sslmanager.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a key that is written into a file stays in memory. */
class OutputFileTest {

    @TempDir
    private Path folder;

    private final byte[] key = "the key".getBytes(US_ASCII);
    private final OutputFile file = OutputFile.secret("key.pem", key);

    @Test
    void keyIsInOnePlaceAlone() {
        assertArrayEquals(new byte[7], key);
        assertEquals("the key", new String(file.content(), US_ASCII));
    }

    @Test
    void controllerForgetsItOnceTheAgentHasWrittenIt() throws Exception {
        WorkspaceFiles.write(agent(false), "keyFile", "", false, List.of(file));

        assertArrayEquals(new byte[7], file.content());
    }

    @Test
    void controllerForgetsItWhenTheAgentIsLost() {
        FilePath lost = agent(new IOException("the agent is away"));

        assertThrows(IOException.class, () -> WorkspaceFiles.write(lost, "keyFile", "", false, List.of(file)));

        assertArrayEquals(new byte[7], file.content());
    }

    @Test
    void agentForgetsItOnceItIsWritten() throws Exception {
        write().invoke(folder.toFile(), null);

        assertEquals("the key", Files.readString(folder.resolve("key.pem")));
        assertArrayEquals(new byte[7], file.content());
    }

    @Test
    void agentForgetsItWhenItCannotBeWritten() throws Exception {
        Files.createDirectories(folder.resolve("key.pem/in-use"));

        assertThrows(IOException.class, () -> write().invoke(folder.toFile(), null));

        assertArrayEquals(new byte[7], file.content());
    }

    private WorkspaceFiles.Write write() {
        return new WorkspaceFiles.Write("keyFile", "", false, false, new ArrayList<>(List.of(file)));
    }

    /** @param answer to every call; thrown if it is an exception */
    private static FilePath agent(Object answer) {
        VirtualChannel channel = (VirtualChannel) Proxy.newProxyInstance(
                OutputFileTest.class.getClassLoader(),
                new Class<?>[] {VirtualChannel.class},
                (proxy, method, arguments) -> {
                    if (answer instanceof Exception failure) {
                        throw failure;
                    }
                    return "call".equals(method.getName()) ? answer : null;
                });
        return new FilePath(channel, "/home/agent/workspace/job");
    }
}
