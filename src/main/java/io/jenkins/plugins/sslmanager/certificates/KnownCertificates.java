package io.jenkins.plugins.sslmanager.certificates;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.AutoCompletionCandidates;
import hudson.model.Job;
import hudson.model.Run;
import hudson.util.FormValidation;
import io.jenkins.plugins.sslmanager.account.ServiceAddress;
import io.jenkins.plugins.sslmanager.delivery.CertificateFacts;
import io.jenkins.plugins.sslmanager.engine.rotation.CertificateReference;
import io.jenkins.plugins.sslmanager.forms.FormCheck;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What builds have seen of certificates, for those who name one. Forms are filled in with those that the viewer sees. */
public final class KnownCertificates {

    private static final int MOST = 10;

    private KnownCertificates() {}

    /**
     * The numbers of certificates of a name. They are for whoever checks them, since nobody has asked the service since.
     *
     * @param system see {@link io.jenkins.plugins.sslmanager.account.AccountAccess#system}
     */
    public static Stream<Long> numbersOf(String system, CertificateReference name) {
        return numbers(system, record -> name.fits(record.facts().name()));
    }

    /**
     * The numbers of certificates that jobs which are still there rotate, as far as builds have shown.
     *
     * @param system see {@link io.jenkins.plugins.sslmanager.account.AccountAccess#system}
     */
    public static Stream<Long> rotatedNumbers(String system) {
        return numbers(system, CertificateRecord::isRotated);
    }

    /**
     * When builds of a job have last asked for certificates, by their numbers, as far as those builds are still there. What
     * failed the last time counts as never asked for.
     *
     * @param system see {@link io.jenkins.plugins.sslmanager.account.AccountAccess#system}
     */
    public static Map<Long, Instant> looksOf(Job<?, ?> job, String system) {
        Map<Long, Instant> looks = new HashMap<>();
        CertificateRecords.get().all().stream()
                .filter(record -> record.isOf(job.getFullName()) && isOf(system, record.facts()))
                .forEach(record -> {
                    Instant look = look(job, record);
                    if (look != null) {
                        looks.put(record.facts().certificateId(), look);
                    }
                });
        return looks;
    }

    @CheckForNull
    private static Instant look(Job<?, ?> job, CertificateRecord record) {
        if (record.isFailedIn(job.getFullName())) {
            return Instant.EPOCH;
        }
        Run<?, ?> build = job.getBuildByNumber(record.lastBuildOf(job.getFullName()));
        return build == null ? null : Instant.ofEpochMilli(build.getTimeInMillis());
    }

    private static Stream<Long> numbers(String system, Predicate<CertificateRecord> which) {
        return CertificateRecords.get().all().stream()
                .filter(which)
                .map(CertificateRecord::facts)
                .filter(facts -> isOf(system, facts))
                .map(CertificateFacts::certificateId);
    }

    private static boolean isOf(String system, CertificateFacts facts) {
        return facts.certificateId() > 0
                && ServiceAddress.systemOf(facts.service()).equals(system);
    }

    /**
     * Completes names and IDs. A certificate is offered by its name, or by its ID where others have the same name.
     *
     * @param typed a part of a name, or how an ID begins
     * @param others by their IDs, beside those that the viewer sees on the certificates page
     */
    public static AutoCompletionCandidates complete(@CheckForNull String typed, Map<Long, String> others) {
        String wanted = Util.fixNull(typed).trim().toLowerCase(Locale.ROOT);
        Map<Long, String> names = new TreeMap<>(others);
        rows().forEach(row -> names.put(row.getCertificateId(), row.getName()));
        AutoCompletionCandidates found = new AutoCompletionCandidates();
        names.entrySet().stream()
                .filter(each -> each.getKey().toString().startsWith(wanted)
                        || each.getValue().toLowerCase(Locale.ROOT).contains(wanted))
                .map(each -> Collections.frequency(names.values(), each.getValue()) == 1
                        ? each.getValue()
                        : each.getKey().toString())
                .limit(MOST)
                .forEach(found::add);
        return found;
    }

    /**
     * Checks names and IDs, and tells the names of those that are known.
     *
     * @param reader refuses what the field does not take
     */
    public static FormValidation check(@CheckForNull String value, FormCheck.FieldReader reader) {
        FormValidation readable = FormCheck.unlessEmpty(value, reader);
        if (readable.kind != FormValidation.Kind.OK || Util.fixEmptyAndTrim(value) == null) {
            return readable;
        }
        String names = CertificateReference.parseAll(value).stream()
                .filter(reference -> reference.name() == null)
                .map(reference -> name(reference.number()))
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

    private static List<CertificateRow> rows() {
        return ExtensionList.lookupSingleton(AllCertificates.class)
                .rows(record -> record.facts().certificateId() > 0);
    }
}
