package io.jenkins.plugins.sslmanager.engine.simulation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A disk in memory that knows what a power cut takes away: content that was not forced, and names that were made, changed or
 * removed since their directory was forced.
 */
final class SimulatedDisk {

    /** Sees each effect before it happens. */
    interface Watch {

        /** @throws IOException if the disk is to refuse */
        void reach(CrashPoint point) throws IOException;

        /** @throws Crash if nobody is there any more to use the disk */
        void requireAlive();
    }

    private static final class Content {
        private byte[] now = new byte[0];
        private byte[] forced = new byte[0];
    }

    private final Dice dice;
    private final Predicate<String> lies;
    private final Predicate<String> hides;
    private final Set<String> directories = new LinkedHashSet<>();

    /** In the order in which they were made, since their names are random. */
    private final Map<String, Content> files = new LinkedHashMap<>();

    private final Map<String, Content> forcedFiles = new LinkedHashMap<>();

    /**
     * @param lies the paths at which forcing does nothing
     * @param hides the directories in which nothing is found
     */
    SimulatedDisk(Dice dice, Predicate<String> lies, Predicate<String> hides) {
        this.dice = dice;
        this.lies = lies;
        this.hides = hides;
    }

    /** The directory of this name, for somebody who dies at the watch's word. */
    Path directory(String name, Watch watch) {
        return new DiskFileSystem(this, watch).path(Path.of("/" + name));
    }

    // What the file system asks for

    boolean isDirectory(String path) {
        return directories.contains(path);
    }

    boolean isFile(String path) {
        return files.containsKey(path);
    }

    void createDirectory(String path) throws IOException {
        if (!directories.add(path)) {
            throw new FileAlreadyExistsException(path);
        }
    }

    /** Directly in the directory, in any order. */
    List<String> list(String directory) {
        List<String> found = new ArrayList<>();
        if (!hides.test(directory)) {
            Stream.concat(directories.stream(), files.keySet().stream())
                    .filter(path -> isIn(directory, path))
                    .forEach(path -> found.add(dice.between(0, found.size()), path));
        }
        return found;
    }

    private static boolean isIn(String directory, String path) {
        return path.startsWith(directory + "/") && path.indexOf('/', directory.length() + 1) < 0;
    }

    byte[] read(String path) throws IOException {
        return file(path).now;
    }

    void create(String path) {
        files.putIfAbsent(path, new Content());
        files.get(path).now = new byte[0];
    }

    void append(String path, byte[] bytes) throws IOException {
        Content file = file(path);
        byte[] longer = Arrays.copyOf(file.now, file.now.length + bytes.length);
        System.arraycopy(bytes, 0, longer, file.now.length, bytes.length);
        file.now = longer;
    }

    void force(String path) throws IOException {
        if (lies.test(path)) {
            return;
        }
        if (isDirectory(path)) {
            forcedFiles.keySet().removeIf(file -> isIn(path, file));
            files.forEach((file, content) -> {
                if (isIn(path, file)) {
                    forcedFiles.put(file, content);
                }
            });
        } else {
            Content file = file(path);
            file.forced = file.now;
        }
    }

    void move(String from, String to) throws IOException {
        files.put(to, file(from));
        files.remove(from);
    }

    void delete(String path) throws IOException {
        file(path);
        files.remove(path);
    }

    private Content file(String path) throws IOException {
        return Optional.ofNullable(files.get(path)).orElseThrow(() -> new NoSuchFileException(path));
    }

    // What happens to it, and what is on it

    /** Content that was not forced comes back in part or not at all; names come back as they were, or as they are. */
    void cutPower() {
        if (dice.chance(0.5)) {
            files.clear();
            files.putAll(forcedFiles);
        }
        for (Content content : files.values()) {
            if (content.now != content.forced) {
                content.now = Arrays.copyOf(content.now, content.now.length * dice.between(0, 8) / 8);
            }
            content.forced = content.now;
        }
        forcedFiles.clear();
        forcedFiles.putAll(files);
    }

    /** Whatever begins so. */
    List<String> files(String beginning) {
        return files.keySet().stream()
                .filter(file -> file.startsWith(beginning))
                .toList();
    }

    String text(String path) {
        return new String(files.get(path).now, StandardCharsets.UTF_8);
    }

    /** For good. */
    void erase(String path) {
        files.remove(path);
        forcedFiles.remove(path);
    }

    /** Cuts off the end of a file, or writes something else into it. */
    void damage(String path) {
        Content file = files.get(path);
        file.now = dice.chance(0.5)
                ? Arrays.copyOf(file.now, file.now.length * dice.between(0, 7) / 8)
                : dice.of(List.of("null", "{}", "{\"id\":null}", "[]", "\u0000\u0000\u0000\u0000"))
                        .getBytes(StandardCharsets.UTF_8);
        file.forced = file.now;
    }

    /** Whether a file below the directory holds this, now and also if power is cut in this moment. */
    boolean surelyHolds(String directory, Predicate<String> content) {
        return holds(forcedFiles, directory, content) && holds(files, directory, content);
    }

    private static boolean holds(Map<String, Content> names, String directory, Predicate<String> content) {
        return names.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(directory))
                .anyMatch(entry -> content.test(new String(entry.getValue().forced, StandardCharsets.UTF_8)));
    }

    /** What would be left of the file after a power cut right now; empty if nothing is certain to be. */
    Optional<byte[]> certain(String path) {
        Content named = forcedFiles.get(path);
        return named != null && named == files.get(path) ? Optional.of(named.forced) : Optional.empty();
    }
}
