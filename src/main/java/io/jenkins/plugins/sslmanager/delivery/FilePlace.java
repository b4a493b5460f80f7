package io.jenkins.plugins.sslmanager.delivery;

import hudson.AbortException;
import hudson.FilePath;
import hudson.slaves.WorkspaceList;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where a path of a step leads: into the current folder of the build, or into the folder for temporary files beside it or
 * beside a folder around it, as {@code WORKSPACE_TMP} names it. Jenkins shows the former to whoever may see the workspace,
 * and the latter to nobody.
 *
 * @param root the folder that must not be left
 * @param path from there, with slashes; empty for the folder itself
 * @param temporary whether that is a folder for temporary files
 */
record FilePlace(FilePath root, String path, boolean temporary) {

    private static final Pattern UNREPLACED = Pattern.compile("[$%]\\{?WORKSPACE");

    /**
     * Decides by the path alone; links are for {@link WorkspaceFiles}, on the agent.
     *
     * @param folder the current one
     * @param parameter the step's parameter that the path comes from, for messages
     * @throws AbortException if it leads anywhere else
     */
    static FilePlace of(FilePath folder, String parameter, String path) throws AbortException {
        if (UNREPLACED.matcher(path).lookingAt()) {
            throw new AbortException(parameter + ": nothing has replaced the variable in '" + path
                    + "'. In a Pipeline, write it in double quotation marks, inside 'node'");
        }
        FilePath target = folder.child(path);
        for (FilePath root : roots(folder)) {
            String base = root.getRemote();
            String named = target.getRemote();
            if (named.equals(base)) {
                return new FilePlace(root, "", !root.equals(folder));
            }
            if (named.startsWith(base) && isSeparator(named.charAt(base.length()))) {
                return new FilePlace(root, named.substring(base.length() + 1).replace('\\', '/'), !root.equals(folder));
            }
        }
        throw new AbortException(leadsOut(parameter, path));
    }

    private static List<FilePath> roots(FilePath folder) {
        List<FilePath> roots = new ArrayList<>();
        roots.add(folder);
        for (FilePath around = folder; around != null; around = around.getParent()) {
            FilePath temporary = WorkspaceList.tempDir(around);
            if (temporary != null) {
                roots.add(temporary);
            }
        }
        return roots;
    }

    private static boolean isSeparator(char character) {
        return character == '/' || character == '\\';
    }

    static String leadsOut(String parameter, String path) {
        return parameter + ": '" + path + "' leads out of the workspace. Give a path inside it, relative to it,"
                + " or one that begins with $WORKSPACE_TMP";
    }

    /** A file in this place, as the build names it: from its current folder, or by the whole path. */
    String named(String file) {
        return temporary ? root.child(inRoot(file)).getRemote() : inRoot(file);
    }

    /** The same from {@link #root} on. */
    String inRoot(String file) {
        return path.isEmpty() ? file : path + "/" + file;
    }
}
