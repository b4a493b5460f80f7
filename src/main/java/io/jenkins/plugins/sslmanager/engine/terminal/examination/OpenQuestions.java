package io.jenkins.plugins.sslmanager.engine.terminal.examination;

import io.jenkins.plugins.sslmanager.engine.api.CertAuthentication;
import io.jenkins.plugins.sslmanager.engine.api.CertAuthenticationStatus;
import io.jenkins.plugins.sslmanager.engine.api.Certificate;
import io.jenkins.plugins.sslmanager.engine.api.CertificateData;
import io.jenkins.plugins.sslmanager.engine.api.DomainControllValidationStatus;
import io.jenkins.plugins.sslmanager.engine.api.ObjectJob;
import io.jenkins.plugins.sslmanager.engine.api.SubjectAlternativeName;
import io.jenkins.plugins.sslmanager.engine.api.Task;
import io.jenkins.plugins.sslmanager.engine.failure.ReissueException;
import io.jenkins.plugins.sslmanager.engine.pki.Certificates;
import io.jenkins.plugins.sslmanager.engine.rotation.IssuedCertificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What is published nowhere, and what was seen of it. */
final class OpenQuestions {

    private static final Set<Task> JOB_TASKS =
            Set.of(Task.JOB_SEARCH, Task.JOB_INFO, Task.JOB_HISTORY_SEARCH, Task.JOB_HISTORY_INFO, Task.POLL_INFO);

    private final Findings findings;
    private final Pseudonyms pseudonyms;
    private final ValueDescription values;

    OpenQuestions(Findings findings, Pseudonyms pseudonyms, ValueDescription values) {
        this.findings = findings;
        this.pseudonyms = pseudonyms;
        this.values = values;
    }

    Map<String, String> answers() {
        Map<String, String> answers = new LinkedHashMap<>();
        answers.put("Where are the further names of a certificate?", furtherNames());
        answers.put("How does PrepareOrder answer for several domains?", proofShape());
        answers.put("Is `reissueRequired` told?", reissueRequired());
        answers.put("What do `events` of a job hold?", events());
        answers.put("Which words are in `dcvAuth`?", words(OpenQuestions::ofDomains));
        answers.put("Which words are in `authentication` of a job?", words(OpenQuestions::ofSteps));
        answers.put("Which states do jobs have?", words(OpenQuestions::ofJob));
        return answers;
    }

    private String furtherNames() {
        Set<String> names =
                findings.certificate().map(OpenQuestions::furtherNamesOf).orElse(Set.of());
        if (names.isEmpty()) {
            return "Not seen: no further names are known of this certificate.";
        }
        Set<String> places = new TreeSet<>();
        findings.answers(Set.of(Task.CERTIFICATE_INFO))
                .forEach(answer -> find(
                        answer,
                        "",
                        (path, value) ->
                                names.contains(value.toLowerCase(Locale.ROOT)) && !path.contains("authentication"),
                        places));
        return places.isEmpty()
                ? "Nowhere in CertificateInfo, though the leaf has " + names.size() + "."
                : "In " + quoted(places) + ".";
    }

    /** By leaf and list, so that they are found even where only one of the two has them. */
    private static Set<String> furtherNamesOf(Certificate certificate) {
        Stream<String> listed = Stream.ofNullable(certificate.subjectAlternativeNames())
                .flatMap(List::stream)
                .map(SubjectAlternativeName::name)
                .filter(name -> name != null && !name.isBlank());
        Set<String> names = Stream.concat(listed, carried(certificate).stream())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
        if (certificate.name() != null) {
            names.remove(certificate.name().toLowerCase(Locale.ROOT));
        }
        return names;
    }

    private static List<String> carried(Certificate certificate) {
        try {
            return Certificates.dnsNames(
                    IssuedCertificate.of(certificate).chain().leaf());
        } catch (ReissueException e) {
            return List.of();
        }
    }

    private void find(JsonNode node, String path, BiPredicate<String, String> wanted, Set<String> places) {
        if (node.isArray()) {
            node.forEach(each -> find(each, path, wanted, places));
        } else if (node.isObject()) {
            node.forEachEntry((field, value) ->
                    find(value, (path.isEmpty() ? "" : path + "/") + pseudonyms.field(field), wanted, places));
        } else if (wanted.test(path, node.asString().strip())) {
            places.add(path);
        }
    }

    private String proofShape() {
        Optional<List<CertAuthentication>> offers = findings.prepared().map(CertificateData::authentication);
        if (offers.isEmpty()) {
            return "Not seen.";
        }
        Map<String, Long> entries = offers.get().stream()
                .collect(Collectors.groupingBy(
                        offer -> told("method", String.valueOf(offer.method())),
                        LinkedHashMap::new,
                        Collectors.counting()));
        Set<Integer> domains = offers.get().stream()
                .map(offer -> offer.domains() == null ? 0 : offer.domains().size())
                .collect(Collectors.toCollection(TreeSet::new));
        return "Entries of each method: " + entries + ". Entries in the field `domains` of each: " + domains + ".";
    }

    private String reissueRequired() {
        boolean isThere = findings.answers(Set.of(Task.CERTIFICATE_INFO))
                .anyMatch(answer -> Stream.of("reissueRequired", "reissue_required")
                        .anyMatch(field -> answer.findValue(field) != null));
        return isThere ? "Yes." : "No.";
    }

    private String events() {
        Set<String> fields = new TreeSet<>();
        findings.answers(JOB_TASKS).forEach(answer -> find(answer, "", (path, value) -> true, fields));
        fields.removeIf(path -> !path.matches(".*/events?/.*"));
        return fields.isEmpty() ? "Not seen." : "The fields " + quoted(fields) + ".";
    }

    private String words(Function<ObjectJob, Stream<String>> of) {
        Set<String> words = findings.jobs().stream().flatMap(of).collect(Collectors.toCollection(TreeSet::new));
        return words.isEmpty()
                ? "Not seen."
                : words.stream().map(word -> told("status", word)).collect(Collectors.joining(", ")) + ".";
    }

    private static Stream<String> ofDomains(ObjectJob job) {
        return Stream.ofNullable(job.dcvAuth())
                .flatMap(List::stream)
                .map(DomainControllValidationStatus::status)
                .filter(word -> word != null);
    }

    private static Stream<String> ofSteps(ObjectJob job) {
        return Stream.ofNullable(job.authentication())
                .flatMap(List::stream)
                .flatMap(step -> Stream.of(step).map(CertAuthenticationStatus::status))
                .filter(word -> word != null);
    }

    private static Stream<String> ofJob(ObjectJob job) {
        return Stream.ofNullable(job.job())
                .flatMap(data ->
                        Stream.of(data.status() == null ? null : data.status().name(), data.subStatus()))
                .filter(word -> word != null);
    }

    private String told(String field, String word) {
        return values.of(field, word);
    }

    private static String quoted(Set<String> paths) {
        return paths.stream().map(path -> "`" + path + "`").collect(Collectors.joining(", "));
    }
}
