package io.jenkins.plugins.sslmanager.delivery;

import hudson.FilePath;
import hudson.Util;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The files of a certificate that were written for a build. Names, paths and checksums come from what was sent to the agent,
 * never from what it answered.
 */
final class WrittenFiles {

    private final FilePlace folder;
    private final Map<OutputFormat, String> names = new LinkedHashMap<>();
    private final Map<OutputFormat, String> checksums = new LinkedHashMap<>();

    WrittenFiles(FilePlace folder, Map<OutputFormat, OutputFile> files) throws IOException {
        this.folder = folder;
        for (Map.Entry<OutputFormat, OutputFile> file : files.entrySet()) {
            names.put(file.getKey(), file.getValue().name());
            checksums.put(
                    file.getKey(),
                    Util.getDigestOf(new ByteArrayInputStream(file.getValue().content())));
        }
    }

    /** As the build names them, by the label of their format. */
    Map<String, String> paths() {
        Map<String, String> paths = new LinkedHashMap<>();
        names.forEach((format, name) -> paths.put(format.label(), folder.named(name)));
        return paths;
    }

    /** The folder that {@link #publicPaths} begin at. */
    FilePath root() {
        return folder.root();
    }

    /** Those without a private key, from {@link #root} on, by the label of their format. */
    Map<String, String> publicPaths() {
        Map<String, String> paths = new LinkedHashMap<>();
        names.forEach((format, name) -> {
            if (!format.hasKey()) {
                paths.put(format.label(), folder.inRoot(name));
            }
        });
        return paths;
    }

    /** The MD5 checksums by which Jenkins knows files, by the paths of {@link #publicPaths}. */
    Map<String, String> publicChecksums() {
        Map<String, String> found = new LinkedHashMap<>();
        checksums.forEach((format, checksum) -> {
            if (!format.hasKey()) {
                found.put(folder.inRoot(names.get(format)), checksum);
            }
        });
        return found;
    }
}
