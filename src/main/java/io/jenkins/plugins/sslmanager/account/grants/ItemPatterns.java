package io.jenkins.plugins.sslmanager.account.grants;

import io.jenkins.plugins.sslmanager.engine.api.Wildcards;
import java.util.List;

/**
 * Full names of jobs and folders, with {@code *} for any part of a name between two slashes. A folder stands for all that is in
 * it, at any depth.
 */
final class ItemPatterns {

    private final List<String> entries;

    private ItemPatterns(List<String> entries) {
        this.entries = entries;
    }

    /** @param lines one name each; blank lines do not count */
    static ItemPatterns parse(String lines) {
        return new ItemPatterns(lines.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .distinct()
                .toList());
    }

    List<String> entries() {
        return entries;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Tells whether an item, or a folder that it is in, is named. */
    boolean contains(String fullName) {
        return entries.stream().anyMatch(entry -> matches(entry, fullName));
    }

    private static boolean matches(String entry, String fullName) {
        String[] wanted = entry.split("/");
        String[] given = fullName.split("/");
        if (given.length < wanted.length) {
            return false;
        }
        for (int part = 0; part < wanted.length; part++) {
            if (!Wildcards.match(wanted[part], "*", given[part])) {
                return false;
            }
        }
        return true;
    }

    /** Returns the same after an item has another full name, for entries that name it or what is in it. */
    ItemPatterns moved(String from, String to) {
        return new ItemPatterns(entries.stream()
                .map(entry -> isAtOrIn(entry, from) ? to + entry.substring(from.length()) : entry)
                .distinct()
                .toList());
    }

    /** Returns what is in both. */
    ItemPatterns common(ItemPatterns others) {
        return new ItemPatterns(
                entries.stream().filter(others.entries::contains).toList());
    }

    /** Tells whether an item, or a folder that it is in, or something in it, is named. */
    boolean concerns(String fullName) {
        return contains(fullName) || names(fullName);
    }

    /** Tells whether an entry names this item, or what is in it, and not just by a {@code *}. */
    boolean names(String fullName) {
        return entries.stream().anyMatch(entry -> isAtOrIn(entry, fullName));
    }

    static boolean isAtOrIn(String fullName, String folder) {
        return fullName.equals(folder) || fullName.startsWith(folder + "/");
    }

    /** @throws IllegalArgumentException if an entry is no full name, or stands for every job */
    void check() {
        for (String entry : entries) {
            if (entry.startsWith("/") || entry.endsWith("/") || entry.contains("//")) {
                throw new IllegalArgumentException("'" + entry
                        + "' is not a full name. Separate folders and job by single slashes, such as team/app");
            }
            if (entry.matches("[*/]+")) {
                throw new IllegalArgumentException(
                        "'" + entry
                                + "' stands for every job. If that is meant, leave the jobs empty and choose every job of this Jenkins");
            }
        }
    }

    /** As lines, for a form. */
    @Override
    public String toString() {
        return String.join("\n", entries);
    }
}
