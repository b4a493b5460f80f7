package io.jenkins.plugins.sslmanager.delivery;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.sslmanager.engine.storage.SafeFiles;
import java.io.File;
import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.MasterToSlaveFileCallable;

/**
 * Files of a build, wherever its agent is: in the workspace or in the folder for temporary files beside it, and nowhere else.
 * A path that leads out, also by a link, is refused. What an agent says is checked here once more.
 */
public final class WorkspaceFiles {

    private static final long LARGEST_READ = 64L * 1024;

    private WorkspaceFiles() {}

    /**
     * @param workspace null where the build has none
     * @param parameter the step's parameter that the path comes from, for messages
     * @throws AbortException if there is no such file inside the workspace; the message says why and what to do
     */
    public static String read(@CheckForNull FilePath workspace, String parameter, String path)
            throws IOException, InterruptedException {
        if (workspace == null) {
            throw new AbortException("'" + parameter + "' needs a workspace. Put the step inside 'node'");
        }
        return find(workspace, parameter, path)
                .map(Text::content)
                .orElseThrow(() -> new AbortException(parameter + ": there is no file '" + path
                        + "' in the workspace. Check the name, and that the file was made in this workspace"));
    }

    /** The same for a file that need not be there. */
    static Optional<Text> find(FilePath workspace, String parameter, String path)
            throws IOException, InterruptedException {
        FilePlace place = FilePlace.of(workspace, parameter, path);
        Text found = place.root().act(new Read(parameter, place.path(), place.temporary()));
        if (found != null && found.content().length() > LARGEST_READ) {
            throw new AbortException(tooLarge(parameter, path, found.content().length()));
        }
        return Optional.ofNullable(found);
    }

    /** Whether there is such a file, whatever is in it. */
    static boolean exists(FilePath workspace, String parameter, String path) throws IOException, InterruptedException {
        FilePlace place = FilePlace.of(workspace, parameter, path);
        return place.root().child(place.path()).exists();
    }

    /**
     * Checks what can be said of a path while there is no workspace. One that begins with a variable is known in a build alone.
     *
     * @throws IllegalArgumentException if no workspace has such a file
     */
    public static void requirePath(String path) {
        if (path.startsWith("$")) {
            return;
        }
        try {
            Path given = Path.of(path);
            if (given.isAbsolute() || given.normalize().startsWith("..")) {
                throw new IllegalArgumentException("'" + path + "' leads out of the workspace. Give a path inside it,"
                        + " relative to it, or one that begins with $WORKSPACE_TMP");
            }
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'" + path + "' is not a valid path: " + e.getReason(), e);
        }
    }

    private static String tooLarge(String parameter, String path, long size) {
        return parameter + ": '" + path + "' has " + size
                + " bytes, which is too large. Check that it is the right file";
    }

    /** What a file holds, and since when, in milliseconds since 1970. */
    record Text(String content, long modified) implements Serializable {

        /** The same where it is no text: each character is one byte. */
        byte[] bytes() {
            return content.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    /**
     * Writes each file as a whole or not at all; a secret one with the permissions 0600 from its first moment on. Then secret
     * contents are overwritten in memory, on the controller and on the agent.
     *
     * @param dir a path in the workspace, made if it is missing; empty for the workspace itself
     * @param keepPrevious whether a file that is there is kept beside the new one, as {@code name.previous}
     * @return whether a secret was written that other users of the agent may be able to read
     * @throws AbortException if the folder is outside the workspace
     */
    static boolean write(FilePath workspace, String parameter, String dir, boolean keepPrevious, List<OutputFile> files)
            throws IOException, InterruptedException {
        FilePlace place = FilePlace.of(workspace, parameter, dir);
        try {
            return place.root()
                    .act(new Write(parameter, place.path(), place.temporary(), keepPrevious, new ArrayList<>(files)));
        } finally {
            files.forEach(OutputFile::clear);
        }
    }

    /** @param temporary whether the folder is beside the workspace, where it must not be a link to somewhere else */
    private static Path inside(File workspace, boolean temporary, String parameter, String path) throws IOException {
        if (temporary && Files.isSymbolicLink(workspace.toPath())) {
            throw new AbortException(FilePlace.leadsOut(parameter, workspace.getPath()));
        }
        Path base = Files.createDirectories(workspace.toPath()).toRealPath();
        Path target;
        try {
            target = base.resolve(path).normalize();
        } catch (InvalidPathException e) {
            throw new AbortException(parameter + ": '" + path + "' is not a valid path: " + e.getReason());
        }
        if (staysInside(base, target)) {
            return target;
        }
        throw new AbortException(FilePlace.leadsOut(parameter, path));
    }

    private static boolean staysInside(Path base, Path target) throws IOException {
        if (!target.startsWith(base)) {
            return false;
        }
        Path existing = base;
        for (Path name : base.relativize(target)) {
            Path next = existing.resolve(name);
            if (!Files.exists(next, LinkOption.NOFOLLOW_LINKS)) {
                break;
            }
            existing = next;
        }
        // A link that leads nowhere yet may lead anywhere later.
        return Files.exists(existing) && existing.toRealPath().startsWith(base);
    }

    private static final class Read extends MasterToSlaveFileCallable<Text> {

        @Serial
        private static final long serialVersionUID = 1L;

        private final String parameter;
        private final String path;
        private final boolean temporary;

        Read(String parameter, String path, boolean temporary) {
            this.parameter = parameter;
            this.path = path;
            this.temporary = temporary;
        }

        @Override
        public Text invoke(File workspace, VirtualChannel channel) throws IOException {
            Path file = inside(workspace, temporary, parameter, path);
            if (!Files.isRegularFile(file)) {
                return null;
            }
            if (Files.size(file) > LARGEST_READ) {
                throw new AbortException(tooLarge(parameter, path, Files.size(file)));
            }
            return new Text(
                    Files.readString(file, StandardCharsets.ISO_8859_1),
                    Files.getLastModifiedTime(file).toMillis());
        }
    }

    static final class Write extends MasterToSlaveFileCallable<Boolean> {

        @Serial
        private static final long serialVersionUID = 1L;

        private final String parameter;
        private final String dir;
        private final boolean temporary;
        private final boolean keepPrevious;
        private final ArrayList<OutputFile> files;

        Write(String parameter, String dir, boolean temporary, boolean keepPrevious, ArrayList<OutputFile> files) {
            this.parameter = parameter;
            this.dir = dir;
            this.temporary = temporary;
            this.keepPrevious = keepPrevious;
            this.files = files;
        }

        @Override
        public Boolean invoke(File workspace, VirtualChannel channel) throws IOException {
            try {
                return write(folder(workspace));
            } finally {
                files.forEach(OutputFile::clear);
            }
        }

        private boolean write(Path folder) throws IOException {
            for (OutputFile file : files) {
                Path target = folder.resolve(file.name());
                Optional<Path> previous = keepPrevious && Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
                        ? Optional.of(freeNameFor(target))
                        : Optional.empty();
                file.replace(target, previous);
            }
            return files.stream().anyMatch(OutputFile::isSecret) && !SafeFiles.canBePrivate(folder);
        }

        /** Never over one that was kept before: it may be the key that is in use. */
        private static Path freeNameFor(Path target) {
            Path free = target.resolveSibling(target.getFileName() + ".previous");
            for (int number = 2; Files.exists(free, LinkOption.NOFOLLOW_LINKS); number++) {
                free = target.resolveSibling(target.getFileName() + ".previous-" + number);
            }
            return free;
        }

        private Path folder(File workspace) throws IOException {
            Path folder = inside(workspace, temporary, parameter, dir);
            try {
                return Files.createDirectories(folder);
            } catch (FileSystemException e) {
                throw new AbortException(parameter + ": the folder '" + dir + "' cannot be made (" + e
                        + "). Check that no file has its name and that the build may write there");
            }
        }
    }
}
