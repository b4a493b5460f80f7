package io.jenkins.plugins.sslmanager.certificates;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.sslmanager.engine.api.CsvLine;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A list of certificates as a file for spreadsheets. The columns are called as in the remote API. */
final class Csv {

    private record Field(String name, Function<CertificateRow, Object> value) {}

    private static final List<Field> FIELDS = List.of(
            new Field("name", CertificateRow::getName),
            new Field("names", row -> String.join(" ", row.getNames())),
            new Field("subject", CertificateRow::getSubject),
            new Field("issuer", CertificateRow::getIssuer),
            new Field("serialNumber", CertificateRow::getSerialNumber),
            new Field("sha256Fingerprint", CertificateRow::getSha256Fingerprint),
            new Field("notBefore", CertificateRow::getNotBefore),
            new Field("notAfter", CertificateRow::getNotAfter),
            new Field("percentLeft", CertificateRow::getPercentLeft),
            new Field("daysLeft", CertificateRow::getDaysLeft),
            new Field("dueAt", CertificateRow::getDueAt),
            new Field("state", CertificateRow::getState),
            new Field("product", CertificateRow::getProduct),
            new Field("certificateId", CertificateRow::getCertificateId),
            new Field("orderId", CertificateRow::getOrderId),
            new Field("serviceJobId", CertificateRow::getServiceJobId),
            new Field("account", CertificateRow::getAccount),
            new Field("job", CertificateRow::getJob),
            new Field("build", CertificateRow::getBuild));

    private Csv() {}

    static String of(List<CertificateRow> rows) {
        Stream<String> head = Stream.of(CsvLine.of(FIELDS.stream().map(Field::name)));
        return Stream.concat(
                        head,
                        rows.stream()
                                .map(row -> CsvLine.of(FIELDS.stream()
                                        .map(field -> field.value().apply(row))
                                        .map(Csv::text))))
                .collect(Collectors.joining());
    }

    private static String text(@CheckForNull Object value) {
        return value == null ? "" : value.toString();
    }
}
