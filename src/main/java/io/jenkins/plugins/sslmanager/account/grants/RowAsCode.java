package io.jenkins.plugins.sslmanager.account.grants;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** A row as Configuration as Code has it, for an administrator to copy. */
public final class RowAsCode {

    private static final String TO_BE_CHOSEN = "www.example.com";

    private RowAsCode() {}

    /** YAML of one element of {@code grants}. A row without certificates gets an example in their place. */
    public static String of(Grant row) {
        StringBuilder yaml = new StringBuilder();
        yaml.append("- jobs: ").append(quoted(row.getJobs())).append('\n');
        yaml.append("  certificates: ")
                .append(quoted(row.getCertificates() == null ? TO_BE_CHOSEN : row.getCertificates()))
                .append('\n');
        yaml.append("  allows: ").append(row.getAllows()).append('\n');
        tick(yaml, "changeRequests", row.isChangeRequests());
        tick(yaml, "additionalNames", row.isAdditionalNames());
        tick(yaml, "removedNames", row.isRemovedNames());
        tick(yaml, "contacts", row.isContacts());
        tick(yaml, "product", row.isProduct());
        tick(yaml, "otherCsr", row.isOtherCsr());
        return yaml.toString();
    }

    private static void tick(StringBuilder yaml, String name, boolean given) {
        if (given) {
            yaml.append("  ").append(name).append(": true\n");
        }
    }

    private static String quoted(@CheckForNull String text) {
        return '"'
                + String.valueOf(text)
                        .replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                + '"';
    }
}
