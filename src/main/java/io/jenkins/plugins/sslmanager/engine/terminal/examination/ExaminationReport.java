package io.jenkins.plugins.sslmanager.engine.terminal.examination;

import io.jenkins.plugins.sslmanager.engine.api.ApiException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Findings as a Markdown document that may be given to others. */
final class ExaminationReport {

    private final Pseudonyms pseudonyms = new Pseudonyms();
    private final Instant now;
    private final ValueDescription values;
    private final StringBuilder text = new StringBuilder();

    ExaminationReport(Instant now) {
        this.now = now;
        values = new ValueDescription(pseudonyms, now);
    }

    String of(List<Findings> services) {
        paragraph("# What a service tells of one certificate");
        paragraph(
                "Nothing was ordered, confirmed or changed. Names, numbers and texts are replaced, the same one by the same"
                        + " pseudonym throughout.");
        services.forEach(this::protocol);
        return text.toString();
    }

    private void protocol(Findings findings) {
        paragraph("## Over " + findings.protocol());
        paragraph("### Would a re-issue work?");
        paragraph(String.join(
                        "\n",
                        new ReissueForecast(findings, pseudonyms, now)
                                .lines().stream()
                                        .map(line -> line.startsWith("- ") ? line : "\n" + line)
                                        .toList())
                .strip());
        paragraph("### What no document tells");
        paragraph("| Question | Seen |\n|---|---|\n"
                + new OpenQuestions(findings, pseudonyms, values)
                        .answers().entrySet().stream()
                                .map(answer -> "| " + answer.getKey() + " | " + answer.getValue() + " |")
                                .collect(Collectors.joining("\n")));
        paragraph("### The answers");
        paragraph("| Task | Came of it | Unknown to the plugin | Expected, and missing |\n|---|---|---|---|\n"
                + findings.all().stream().map(this::row).collect(Collectors.joining("\n")));
        findings.all().forEach(this::outline);
    }

    private String row(Finding finding) {
        return "| " + finding.task() + " | "
                + finding.failure().map(this::reason).orElse("Done") + " | " + listed(finding.unknown()) + " | "
                + listed(finding.missing()) + " |";
    }

    /** By codes alone: a text of the service may name anybody. */
    private String reason(ApiException failure) {
        String code = failure.code();
        return failure.kind()
                + (failure.httpStatus().isPresent()
                        ? ", HTTP " + failure.httpStatus().getAsInt()
                        : "")
                + (code == null ? "" : ", " + values.of("code", code));
    }

    private String listed(Collection<String> fields) {
        return fields.stream()
                .map(field -> "`"
                        + Stream.of(field.split("\\.", -1))
                                .map(pseudonyms::field)
                                .collect(Collectors.joining("."))
                        + "`")
                .collect(Collectors.joining(", "));
    }

    private void outline(Finding finding) {
        finding.answer().ifPresent(answer -> {
            paragraph("**" + finding.task() + "**");
            paragraph("```\n" + String.join("\n", new AnswerOutline(pseudonyms, values).of(answer)) + "\n```");
        });
    }

    private void paragraph(String content) {
        text.append(text.isEmpty() ? "" : "\n").append(content).append('\n');
    }
}
