package io.jenkins.plugins.sslmanager.engine.pki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The openssl of the machine, as a judge that does not share our code. Tests are skipped where there is none. */
public final class Openssl {

    private Openssl() {}

    /** Runs openssl in a folder, expects success, and gives what it printed on both streams. */
    public static String run(Path folder, String... arguments) throws IOException, InterruptedException {
        Process process = start(folder, arguments);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }

    private static Process start(Path folder, String... arguments) {
        try {
            return new ProcessBuilder(Stream.concat(Stream.of("openssl"), Stream.of(arguments))
                            .toList())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            return abort("There is no openssl on this machine");
        }
    }
}
