package io.jenkins.plugins.sslmanager.engine;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** Inputs from the field, which lie beside the project. Tests are skipped where they are not there. */
public final class FieldCase {

    private static final String FOLDER = "shared/cases";

    private FieldCase() {}

    public static byte[] bytes(String file) {
        Path path = Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                .map(folder -> folder.resolve(FOLDER).resolve(file))
                .filter(Files::isReadable)
                .findFirst()
                .orElseGet(() -> abort("Skipped: the file is not beside the project, as ../" + FOLDER + "/" + file));
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As UTF-8. */
    public static String text(String file) {
        return new String(bytes(file), StandardCharsets.UTF_8);
    }
}
