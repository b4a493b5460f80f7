package io.jenkins.plugins.sslmanager.certificates;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.AutoCompletionCandidates;
import hudson.util.FormValidation;
import io.jenkins.plugins.sslmanager.forms.FormCheck;
import io.jenkins.plugins.sslmanager.forms.ServiceIds;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** Helps to fill in IDs of certificates, with those that the viewer sees in the list of all. */
public final class KnownCertificates {

    private static final int MOST = 10;

    private KnownCertificates() {}

    /** The IDs of certificates that have the typed text in a name, or whose IDs begin with it. */
    public static AutoCompletionCandidates complete(@CheckForNull String typed) {
        String wanted = Util.fixNull(typed).trim().toLowerCase(Locale.ROOT);
        AutoCompletionCandidates found = new AutoCompletionCandidates();
        rows().stream()
                .filter(row -> id(row).startsWith(wanted)
                        || row.getName().contains(wanted)
                        || row.getNames().stream().anyMatch(name -> name.contains(wanted)))
                .limit(MOST)
                .forEach(row -> found.add(id(row)));
        return found;
    }

    /** Checks the IDs, and tells the names of those that are known. */
    public static FormValidation check(@CheckForNull String value) {
        FormValidation readable = FormCheck.unlessEmpty(value, ServiceIds::parse);
        if (readable.kind != FormValidation.Kind.OK || Util.fixEmptyAndTrim(value) == null) {
            return readable;
        }
        String names = ServiceIds.parse(value).stream()
                .map(KnownCertificates::name)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? readable : FormValidation.ok(names);
    }

    @CheckForNull
    private static String name(long id) {
        return rows().stream()
                .filter(row -> row.getCertificateId() == id)
                .map(CertificateRow::getName)
                .findFirst()
                .orElse(null);
    }

    private static String id(CertificateRow row) {
        return Long.toString(row.getCertificateId());
    }

    private static List<CertificateRow> rows() {
        return ExtensionList.lookupSingleton(AllCertificates.class)
                .rows(record -> record.facts().certificateId() > 0);
    }
}
