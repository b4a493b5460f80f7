package io.jenkins.plugins.sslmanager.engine.rotation;

import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The certificates of a list (CertificateList, 400105) that whoever asks may know of, those that end first in front. */
public final class ReadableCertificates {

    /** By the numbers that the certificates have now. A list may show a certificate by its former number, too. */
    private final Map<Long, Certificate> rows = new LinkedHashMap<>();

    /** Those that whoever asks may not know of. */
    private final List<Certificate> unreadable = new ArrayList<>();

    private final CertificateKnowledge knowledge;

    ReadableCertificates(Collection<Certificate> listed, CertificateKnowledge knowledge) {
        this.knowledge = knowledge;
        listed.stream()
                .filter(row -> row.id() != null && row.name() != null)
                .sorted(Comparator.comparing(Certificate::expire, Comparator.nullsFirst(Comparator.naturalOrder())))
                .forEach(this::add);
    }

    private void add(Certificate row) {
        if (knowledge.isReadable(row.name(), row.id())) {
            rows.merge(knowledge.current(row.id()), row, this::newer);
        } else {
            unreadable.add(row);
        }
    }

    /** Of two rows of one certificate, that with the present number. */
    private Certificate newer(Certificate one, Certificate other) {
        return knowledge.current(one.id()) == one.id() ? one : other;
    }

    /** The numbers of certificates that may be meant by a name; that of a number is the one that it is now. */
    public List<Long> of(CertificateReference reference) {
        if (reference.name() == null) {
            return List.of(knowledge.current(reference.number()));
        }
        List<Long> numbers = numbers(row -> reference.fits(row.name()));
        if (numbers.isEmpty()) {
            unreadable.stream()
                    .filter(row -> reference.fits(row.name()))
                    .forEach(row -> knowledge.refused(row.name(), row.id()));
        }
        return numbers;
    }

    /** The numbers of certificates whose names are like that. */
    public List<Long> like(CertificateNamePattern pattern) {
        return numbers(row -> pattern.matches(row.name()));
    }

    private List<Long> numbers(Predicate<Certificate> wanted) {
        List<Long> numbers = new ArrayList<>();
        rows.forEach((number, row) -> {
            if (wanted.test(row)) {
                numbers.add(number);
            }
        });
        return numbers;
    }

    /** The names of all, by the numbers that they have now. */
    public Map<Long, String> names() {
        Map<Long, String> names = new LinkedHashMap<>();
        rows.forEach((number, row) -> names.put(number, row.name()));
        return names;
    }

    /**
     * Returns what the list has of a certificate; empty if nothing.
     *
     * @param number that it has now
     */
    public Optional<Certificate> find(long number) {
        return Optional.ofNullable(rows.get(number));
    }
}
