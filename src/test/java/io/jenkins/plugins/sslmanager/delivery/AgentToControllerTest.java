package io.jenkins.plugins.sslmanager.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jenkins.MasterToSlaveFileCallable;
import jenkins.SlaveToMasterFileCallable;
import jenkins.security.MasterToSlaveCallable;
import jenkins.security.SlaveToMasterCallable;
import org.jenkinsci.remoting.RoleSensitive;
import org.junit.jupiter.api.Test;

/** What agents can have the controller run: nothing. */
class AgentToControllerTest {

    @Test
    void nothingOfThisPluginRunsOnTheControllerForAnAgent() throws Exception {
        List<String> sent = new ArrayList<>();
        List<String> harmful = new ArrayList<>();
        for (Class<?> type : types()) {
            if (RoleSensitive.class.isAssignableFrom(type)) {
                sent.add(type.getName());
                boolean isForAgents = MasterToSlaveFileCallable.class.isAssignableFrom(type)
                        || MasterToSlaveCallable.class.isAssignableFrom(type);
                if (!isForAgents
                        || SlaveToMasterFileCallable.class.isAssignableFrom(type)
                        || SlaveToMasterCallable.class.isAssignableFrom(type)) {
                    harmful.add(type.getName());
                }
            }
        }

        assertFalse(sent.isEmpty());
        assertEquals(List.of(), harmful);
    }

    private static List<Class<?>> types() throws IOException, ReflectiveOperationException {
        Path root = Path.of(WorkspaceFiles.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        List<String> names;
        try (Stream<Path> files = Files.walk(root.resolve("io"))) {
            names = files.map(file -> root.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.contains("package-info"))
                    .map(file -> file.substring(0, file.length() - ".class".length())
                            .replace(java.io.File.separatorChar, '.'))
                    .toList();
        }
        List<Class<?>> types = new ArrayList<>();
        for (String name : names) {
            types.add(Class.forName(name, false, WorkspaceFiles.class.getClassLoader()));
        }
        return types;
    }
}
